"""What a search finds beside the tariff: exclusions, petitions, rounds, and organizations called nearly so."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length

from exclusions.facts.exclusions import numbers_naming
from exclusions.facts.fictional import resting_on_invention
from exclusions.goods.asked import Asked
from exclusions.goods.words import stem
from exclusions.hts import dotted
from exclusions.models.exclusion import ExclusionTerm, ExclusionText
from exclusions.models.public import PublicPetition
from exclusions.models.round import Round
from exclusions.queries.lookup.help_pages import HELP_PAGE, help_pages
from exclusions.queries.lookup.search.hits import MOST_LETTERS, Hit
from exclusions.queries.public.docket import NEWEST_FIRST
from exclusions.workflow.states import Stage

MOST_EXCLUSIONS = 100
MOST_NAMES = 3
MOST_COMPARED = 400
NEAR = 0.75
PETITION_COLUMNS = ("reference", "product_name", "organization_name", "hts10", "stage")
_REFERENCE = re.compile(r"L[0-9][AB]?-[\w-]+", re.IGNORECASE)
_LITTLE = frozenset(
    {"a", "an", "and", "can", "do", "does", "for", "how", "i", "in", "is", "it", "my", "of", "on", "or", "the", "to"}
)
_WORD = re.compile(r"[^\W_]+")


def exclusion_hits(asked: Asked, as_of: date) -> list[Hit]:
    """Return the exclusions whose text has the words and names the numbers: those in force first, then the shortest.

    At most a hundred; the registry's own list reaches all. One statement.
    """
    if asked.reference:
        return []
    live = ExclusionTerm.objects.in_force(as_of).filter(exclusion=OuterRef("exclusion"))
    rows = (
        ExclusionText.objects.filter(_of_text(asked))
        .alias(letters=Length("text"))
        .annotate(live=Exists(live), invented=resting_on_invention("exclusion"))
        .order_by("-live", "letters", "exclusion__reference")
        .values_list("exclusion__reference", "exclusion__action__code", "text", "live", "invented")
    )
    why_found = "names this number" if asked.is_number else "uses these words"
    if asked.is_number and _is_heading(asked.numbers[0]):
        why_found = "that is or was claimed under this heading"
    hits: dict[str, Hit] = {}
    for reference, code, text, is_live, is_invented in rows[:MOST_EXCLUSIONS]:
        title = text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rstrip()}…"
        why = f"An exclusion from List {code} duties {why_found}."
        standing = "In force" if is_live else "Not in force"
        hit = Hit("exclusion", title, reference, "exclusion", reference, why, standing, fictional=is_invented)
        hits.setdefault(reference, hit)
    return list(hits.values())


def _of_text(asked: Asked) -> Q:
    """Return the condition on a wording."""
    if _REFERENCE.fullmatch(asked.text):
        return Q(exclusion__reference__istartswith=asked.text)
    found = ExclusionText.worded(asked.words) if asked.words else Q()
    for number in asked.numbers:
        named = Q(pk__in=numbers_naming(number).values("text"))
        if _is_heading(number):
            named |= Q(exclusion__in=ExclusionTerm.objects.filter(heading=number).values("exclusion"))
        is_plain = number in asked.text and not asked.is_number
        found &= named | ExclusionText.worded([number]) if is_plain else named
    return found


def _is_heading(number: str) -> bool:
    """Whether plain digits are a heading of chapter 99, under which an exclusion may be claimed."""
    return number.startswith("9903") and len(number) == 8


def petition_hits(
    asked: Asked, start: int, count: int, invented: Collection[str], but: Sequence[str] = ()
) -> list[Hit]:
    """Return the petitions in which all that was typed is found, newest first, from a place on. One statement.

    `invented` are the dockets of demonstration rounds, `but` references of some that are left out.
    """
    rows = PublicPetition.objects.matching(asked.text).order_by(*NEWEST_FIRST)
    if but:
        rows = rows.exclude(reference__in=but)
    return petition_hits_of(rows.values_list(*PETITION_COLUMNS)[start : start + count], invented)


def petition_hits_of(rows: Iterable[Sequence[str]], invented: Collection[str]) -> list[Hit]:
    """Petitions, each of its PETITION_COLUMNS; `invented` are the dockets of demonstration rounds."""
    return [_petition_hit(row, invented) for row in rows]


def _petition_hit(row: Sequence[str], invented: Collection[str]) -> Hit:
    reference, product, organization, number, stage = row
    return Hit(
        "petition",
        f"{product}, {organization}",
        reference,
        "docket-petition",
        reference,
        f"A petition for {dotted(number)}.",
        Stage(stage).label,
        fictional=reference.rpartition("-")[0] in invented,
    )


class KnownRound(NamedTuple):
    """A version of a round; one that stands is no longer superseded."""

    slug: str
    docket: str
    title: str
    is_demo: bool
    superseded_at: datetime | None


def known_rounds() -> list[KnownRound]:
    """All versions of all rounds, those that open last first. One statement."""
    return [KnownRound(*row) for row in Round.objects.order_by("-opens_at").values_list(*KnownRound._fields)]


def round_hits(asked: Asked, rounds: Iterable[KnownRound]) -> list[Hit]:
    """Return the rounds with all the words in their title or docket, or of the docket of the reference."""
    wanted = set(asked.words) | set(asked.numbers)
    hits = []
    for slug, docket, title, is_demo, superseded_at in rounds:
        if superseded_at:
            continue
        if asked.reference:
            is_found = docket.startswith(asked.reference) or asked.reference.startswith(docket)
        else:
            is_found = bool(wanted) and wanted <= set(_WORD.findall(f"{title} {docket} {slug} round".lower()))
        if is_found:
            why = f"This round uses docket {docket}."
            hits.append(Hit("round", title, docket, "round", slug, why, fictional=is_demo))
    return hits


def help_hits(asked: Asked) -> list[Hit]:
    """Return the help pages that are about all the words, in any form: their title or first sentence has them. No
    statement.

    Of two words or more, a page also fits that has them side by side in its text.
    """
    wanted = {stem(word) for word in asked.words} - _LITTLE
    if not wanted or asked.numbers:
        return []
    phrase = " ".join(asked.words)
    hits = []
    for page in help_pages():
        about = {stem(word) for word in _WORD.findall(f"{page.title} {page.description}".lower())}
        if wanted <= about or (len(asked.words) > 1 and phrase in page.plain_text.lower()):
            key = page.slug if page.url_name == HELP_PAGE else ""
            hits.append(Hit("help", page.title, "", page.url_name, key, page.description))
    return hits


def similar_names(asked: Asked) -> list[str]:
    """Organizations of the docket that are called nearly as was typed: a letter or two apart. One statement.

    Compared are those with a word that begins with the first three letters of the longest word typed, or of the next.
    """
    begun = sorted({word for word in asked.words if len(word) > 3}, key=lambda word: (-len(word), word))[:2]
    if not begun:
        return []
    found = Q()
    for word in begun:
        found |= Q(organization_name__istartswith=word[:3])
    rows = (
        PublicPetition.objects.filter(found).order_by("organization_name").values_list("organization_name", flat=True)
    )
    known = {name.lower(): name for name in rows.distinct()[:MOST_COMPARED]}
    return [known[near] for near in get_close_matches(" ".join(asked.words), known, MOST_NAMES, NEAR)]
