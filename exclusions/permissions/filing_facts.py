"""The facts that the checks of a filing judge by: the number on the day, the parties, earlier petitions.

The page that explains a number in full is built by `queries.tariff`; here are only the rows that the rules need.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import F, Q

from exclusions.checks import EarlierPetition, Facts, LiveExclusion, TariffFacts
from exclusions.hts import LEVELS, HtsNumber, dotted, range_of
from exclusions.models import (
    ActionRate,
    CoveredLine,
    ExclusionTerm,
    HtsEdition,
    LineSuccession,
    Petition,
    TariffLine,
    TariffVersion,
)
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status

MOST_EXCLUSIONS = 5
HOUR = 3600  # seconds
NUMBER_KEY = "hts10"
Row = Mapping[str, Any]


def filing_day(petition: Petition, at: datetime) -> date:
    """Return the New York day by which a filing is judged: that of its submission, for a cure too, or else of `at`."""
    return eastern_date(petition.submitted_at or at)


def filing_facts(petition: Petition, answers: Mapping[str, Any], at: datetime, *, tariff: bool = True) -> Facts:
    """Return what is known for judging these answers on the filing day. At most nine statements.

    Without `tariff` nothing is looked up of the number, nor of earlier petitions for it.
    """
    names = [petition.organization.legal_name]
    if petition.filer_organization is not None:
        names.append(petition.filer_organization.legal_name)
    digits = re.sub(r"[\s.]", "", str(answers.get(NUMBER_KEY, "")))
    if not tariff or len(digits) not in LEVELS or not (digits.isascii() and digits.isdigit()):
        return Facts(names=tuple(names))
    actions = list(petition.round.actions.order_by("position", "code"))
    return Facts(
        tariff=tariff_facts(HtsNumber(digits), {action.code for action in actions}, filing_day(petition, at)),
        names=tuple(names),
        actions=tuple(str(action) for action in actions),
        eligible_chapters=tuple(petition.round.eligible_chapters),
        earlier=_earlier(petition, digits),
    )


def tariff_facts(number: HtsNumber, codes: set[str], as_of: date) -> TariffFacts:
    """Return what the schedule, lists and exclusions say of a number on a day; `codes` are the round's lists.

    Kept for an hour under the stamp that the database renews with every change of the tariff: never stale.
    """
    stamp = TariffVersion.current()
    key = f"filing-facts:{number.plain}:{as_of}:{','.join(sorted(codes))}:{stamp}"
    facts: TariffFacts | None = cache.get(key) if stamp else None
    if facts is None:
        facts = _tariff_facts(number, codes, as_of)
        cache.set(key, facts, HOUR if stamp else 0)
    return facts


def _tariff_facts(number: HtsNumber, codes: set[str], as_of: date) -> TariffFacts:
    first, after = range_of(number.hts8)
    family: list[Row] = list(
        TariffLine.objects.on(as_of)
        .filter(number__gte=first, number__lt=after)
        .order_by("number")
        .values("number", "full_description", "units")
    )
    exists = _exists(number, family, as_of)
    own = next((row for row in family if row["number"] == number.plain), None)
    below = [row for row in family if row["number"] != number.plain and len(row["number"]) == max(LEVELS)]
    covering = _covering(number, as_of) if number.level >= 8 else {}
    return TariffFacts(
        number=number.plain,
        exists=exists,
        covered=not codes.isdisjoint(covering) if codes and number.level == 10 else None,
        covered_by=tuple(covering.values()),
        children=tuple((row["number"], row["full_description"]) for row in below) if own is None or exists else (),
        statistical_number=_meant(number, family, below),
        successors=_successors(number) if exists is False else (),
        units=tuple(own["units"]) if own else (),
        live_exclusions=_live(number, as_of) if number.level == 10 and exists is not False else (),
    )


def _exists(number: HtsNumber, family: Sequence[Row], as_of: date) -> bool | None:
    """Ten digits stand in the schedule, or are an 8-digit line without a breakout and 00; None: nobody can tell."""
    numbers = [row["number"] for row in family]
    if number.plain in numbers or (number.level < 10 and numbers):
        return True
    if number.plain.endswith("00") and numbers == [number.hts8]:
        return True
    editions = HtsEdition.objects.filter(valid_from__lte=as_of)
    return False if any(edition.covers(number.plain) for edition in editions) else None


def _meant(number: HtsNumber, family: Sequence[Row], below: Sequence[Row]) -> str:
    """The one 10-digit number that eight digits mean, or "" when there is a choice."""
    if number.level != 8 or not family:
        return ""
    if not below:
        return number.plain + "00"
    return str(below[0]["number"]) if len(below) == 1 else ""


def _covering(number: HtsNumber, as_of: date) -> dict[str, str]:
    """{code: label} of the actions in force that cover the number.

    A row for the statistical number goes before the row for its subheading: lists carve numbers in and out. A rate that
    is suspended covers nothing.
    """
    rows = list(
        CoveredLine.objects.on(as_of)
        .filter(number__in=(number.hts8, number.plain))
        .order_by("action__position", "number")
        .values_list("action__code", "action__name", "number", "heading", "included")
    )
    named = {code for code, _, plain, _, _ in rows if plain == number.plain and number.level == 10}
    counted = [row for row in rows if row[0] not in named or row[2] == number.plain]
    rates = ActionRate.objects.on(as_of).filter(heading__in={row[3] for row in counted})
    live = set(rates.exclude(kind=ActionRate.Kind.SUSPENDED).values_list("heading", flat=True))
    return {
        code: f"List {code}" if code[:1].isdigit() else name
        for code, name, _, heading, included in counted
        if included and heading in live
    }


def _successors(number: HtsNumber) -> tuple[str, ...]:
    found = LineSuccession.objects.filter(old_number=number.plain).exclude(new_number="").order_by("new_number")
    return tuple(dict.fromkeys(found.values_list("new_number", flat=True)))


def _live(number: HtsNumber, as_of: date) -> tuple[LiveExclusion, ...]:
    """Exclusions in force whose text names the number (or its 8 digits, as some texts print)."""

    def holds(prefix: str) -> Q:
        begins, ends = Q(**{f"{prefix}valid_from__isnull": True}), Q(**{f"{prefix}valid_to__isnull": True})
        return (begins | Q(**{f"{prefix}valid_from__lte": as_of})) & (ends | Q(**{f"{prefix}valid_to__gte": as_of}))

    text, named = "exclusion__texts__", "exclusion__texts__numbers__"
    rows = (
        ExclusionTerm.objects.in_force(as_of)
        .filter(holds(text), holds(named), **{f"{named}number__in": (number.plain, number.hts8)})
        .annotate(words=F(f"{text}text"), whole=F(f"{text}whole_number"))
        .order_by("heading", "seq")
        .values_list("heading", "words", "whole", "valid_to")[:MOST_EXCLUSIONS]
    )
    return tuple(
        LiveExclusion(dotted(heading), words, whole, f"{until:%B} {until.day}, {until.year}" if until else "")
        for heading, words, whole, until in rows
    )


def _earlier(petition: Petition, digits: str) -> tuple[EarlierPetition, ...]:
    others = (
        Petition.objects.filter(organization=petition.organization_id, round=petition.round_id, hts10=digits)
        .exclude(pk=petition.pk)
        .exclude(status=Status.WITHDRAWN)
        .order_by("-created_at")
        .values_list("reference", "hts10", "product_name")[:20]
    )
    return tuple(EarlierPetition(reference or "a draft", hts10, name) for reference, hts10, name in others)
