"""What can be watched: a number, a petition, an exclusion, an organization of the docket, a round, words of goods."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from exclusions.facts.lines import edition_for, editions
from exclusions.facts.rounds import round_in_force
from exclusions.goods.asked import MOST_CHARACTERS, MOST_WORDS, read_asked
from exclusions.hts import HtsError, dotted, parse, range_of
from exclusions.models.exclusion import Exclusion
from exclusions.models.public import PublicPetition, PublicResponse
from exclusions.models.round import Round
from exclusions.models.tariff import TariffLine
from exclusions.queries.public.watches.word_watches import WordWatch, read_line

KINDS: dict[str, str] = {
    "number": "An HTSUS number",
    "case": "A petition",
    "exclusion": "An exclusion",
    "organization": "An organization",
    "round": "A round",
    "words": "Product words",
}
NO_KEY = "Enter a number, a reference, a name or the words of a product."
NO_WORDS = "Enter a word of the product of at least two letters, for example: quartz slabs."
LONG_WORDS = f"Enter at most {MOST_WORDS} words and {MOST_CHARACTERS} characters."
A_NUMBER = "“{}” is a number. To watch it, choose “An HTSUS number”, or add a word of the product."
A_REFERENCE = "“{}” is a reference. To watch it, choose “A petition”."
NO_PREFIX = "“{}” is not the beginning of an HTSUS number. Enter 2 to 10 digits, for example 8413.81."

NO_LINE = (
    "No edition of the HTSUS on file has {}, or a number that begins so. Check the digits. The watch waits for a "
    "petition or an exclusion that names it."
)


class NotWatchable(Exception):
    """There is nothing of this name; the text is a sentence that says so, with the remedy."""


@dataclass(frozen=True)
class Watched:
    """One thing that can be watched. `key` is as it is kept; `url` is its page, a path of this site."""

    kind: str
    key: str
    title: str
    url: str

    @property
    def query(self) -> str:
        """What names it in an address: kind and key, ready to follow a question mark."""
        return urlencode({"kind": self.kind, "key": dotted(self.key) if self.kind == "number" else self.key})


def watched(kind: str, text: str) -> Watched:
    """Return what a person named, by a word of KINDS and a number, reference or name; one statement, two at most.

    Raises NotWatchable with a sentence.
    """
    finds = {
        "number": _number,
        "case": _case,
        "exclusion": _exclusion,
        "organization": _organization,
        "round": _round,
        "words": _product_words,
    }
    if kind not in finds:
        raise NotWatchable(f"You cannot watch “{kind}”. Choose one of: {', '.join(KINDS)}.")
    return finds[kind](" ".join(text.split()))


def _number(text: str) -> Watched:
    try:
        plain = parse(text).plain
    except HtsError as error:
        raise NotWatchable(str(error)) from error
    return Watched("number", plain, f"HTSUS {dotted(plain)}", reverse("tariff-number", args=[dotted(plain)]))


def number_remark(thing: Watched, today: date) -> str:
    """Return a sentence about a watched number that no edition on file has; "" of all else. Two statements, or none.

    A later schedule may have it, so it may be watched. Where no edition on file speaks for it, nothing is known.
    """
    if thing.kind != "number" or edition_for(thing.key, today, editions()) is None:
        return ""
    # A line of eight digits without a statistical one is printed with 00 behind it.
    first, after = range_of(thing.key.removesuffix("00") if len(thing.key) == 10 else thing.key)
    known = TariffLine.objects.filter(number__gte=first, number__lt=after).exists()
    return "" if known else NO_LINE.format(dotted(thing.key))


def _case(text: str) -> Watched:
    reference = text.upper()
    if not PublicPetition.objects.filter(reference=reference).exists():
        raise NotWatchable(
            f"No petition has the reference “{text}”. "
            "Copy the reference from the docket, for example USTR-2019-0005-000001."
        )
    return Watched("case", reference, f"petition {reference}", reverse("docket-petition", args=[reference]))


def _exclusion(text: str) -> Watched:
    found = Exclusion.objects.filter(reference__iexact=text).order_by("pk").values_list("reference", flat=True).first()
    if not found:
        raise NotWatchable(f"No exclusion has the reference “{text}”. Copy the reference from the list of exclusions.")
    return Watched("exclusion", found, f"exclusion {found}", reverse("exclusion", args=[found]))


def _organization(text: str) -> Watched:
    name = ""
    for table in (PublicPetition, PublicResponse):
        names = table._default_manager.filter(organization_name__iexact=text).values_list(
            "organization_name", flat=True
        )
        name = name or names.order_by("organization_name").first() or ""
    if not name:
        raise NotWatchable(
            f"No organization called “{text}” is on the docket. Enter its name exactly as the docket shows it."
        )
    return Watched("organization", name, name, f"{reverse('docket')}?{urlencode({'organization': name})}")


def rounds_to_watch() -> list[tuple[str, str]]:
    """Return the short name and the title of each round, the newest first. One statement."""
    return list(Round.objects.current().order_by("-opens_at", "slug").values_list("slug", "title"))


def _round(text: str) -> Watched:
    found = round_in_force(text.lower())
    if found is None:
        raise NotWatchable(_no_round(text))
    return Watched("round", found.slug, found.title, reverse("round", args=[found.slug]))


def _no_round(text: str) -> str:
    return f"No round is called “{text}”. Use the short name from the address of its page."


def _product_words(text: str) -> Watched:
    asked = _sound(read_line(text))
    round_ = _round_of_words(asked.round) if asked.round else None
    kept = WordWatch(asked.words.lower(), round_.slug if round_ else "", asked.prefix)
    filters = {"q": kept.words, "docket": round_.docket if round_ else "", "hts": kept.number}
    url = f"{reverse('docket')}?{urlencode({name: value for name, value in filters.items() if value})}"
    return Watched("words", kept.line, kept.title(round_.title if round_ else ""), url)


def _sound(asked: WordWatch) -> WordWatch:
    """Return what was asked for, where the docket's search has words to look for. Raises NotWatchable."""
    typed = read_asked(asked.words)
    if typed.reference:
        raise NotWatchable(A_REFERENCE.format(typed.reference[:40]))
    if typed.is_number:
        raise NotWatchable(A_NUMBER.format(typed.text))
    if not any(len(word) > 1 for word in typed.words):
        raise NotWatchable(NO_WORDS)
    if len(asked.words) > MOST_CHARACTERS or len(asked.words.split()) > MOST_WORDS:
        raise NotWatchable(LONG_WORDS)
    if asked.prefix and not (asked.prefix.isascii() and asked.prefix.isdigit() and len(asked.prefix) > 1):
        raise NotWatchable(NO_PREFIX.format(asked.prefix[:40]))
    return asked


def _round_of_words(name: str) -> Round:
    """Return the round of a short name, or of a docket's number."""
    found = Round.objects.current().filter(Q(slug=name.lower()) | Q(docket=name.upper())).order_by("slug").first()
    if found is None:
        raise NotWatchable(_no_round(name))
    return found
