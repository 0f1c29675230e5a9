"""What stands on numbers that an edition of the schedule retires or words anew, and what may follow them.

Read from the editions and the cases as they are now, by the same statements however many cases there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from exclusions.facts.lines import plain_words
from exclusions.facts.successions import Succession, successions
from exclusions.hts import dotted, range_of
from exclusions.models import (
    CoveredLine,
    ExclusionNumber,
    ExclusionTerm,
    HtsEdition,
    NumberSettlement,
    Petition,
    ProductDraft,
    TariffLine,
)
from exclusions.models.exclusion import note_cited
from exclusions.models.tariff import lasts_to
from exclusions.workflow.states import STATUSES, Status, Without

DAY = timedelta(days=1)
# Filed and not ended: the agency or the requester still has something to do. A draft is nobody's but its owner's.
PENDING = [
    status for status, row in STATUSES.items() if status is not Status.DRAFT and not isinstance(row.mover, Without)
]
KINDS = {"petition": "Petitions", "text": "Product texts", "exclusion": "Exclusions in force", "list": "Lines of lists"}


@dataclass(frozen=True, slots=True)
class Matter:
    """A thing that stands on a number: what kind, its name, the key of its page, and a word about it."""

    kind: str
    name: str
    key: str
    about: str


@dataclass(frozen=True)
class Affected:
    """A number that the edition retires, or words anew (`now` has the new words), with all that stands on it.

    `proposals` are the numbers that may follow and stand in the edition; `others` may follow and do not stand there.
    """

    number: str
    words: str
    now: str
    matters: list[Matter]
    proposals: list[Succession] = field(default_factory=list)
    others: list[Succession] = field(default_factory=list)
    settlement: NumberSettlement | None = None

    @property
    def number_dotted(self) -> str:
        """The number as it is printed."""
        return dotted(self.number)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many things of each kind stand on it."""
        return [(label, sum(one.kind == kind for one in self.matters)) for kind, label in KINDS.items()]


@dataclass(frozen=True)
class Report:
    """What an edition does to the numbers on which anything stands; `before` is the whole edition that it follows."""

    edition: HtsEdition
    before: HtsEdition | None
    retired: list[Affected]
    reworded: list[Affected]

    @property
    def open(self) -> int:
        """How many retired numbers nobody has settled yet."""
        return sum(one.settlement is None for one in self.retired)

    def affected_number(self, number: str) -> Affected | None:
        """Return the row of a retired number; None where the report does not list the number."""
        return next((one for one in self.retired if one.number == number), None)


def whole_editions() -> list[tuple[HtsEdition, HtsEdition | None]]:
    """Return the whole editions on file, the latest first, each with the one before it."""
    known = list(HtsEdition.objects.filter(first_number="").order_by("-valid_from"))
    return list(zip(known, [*known[1:], None], strict=True))


def renumbering(edition: HtsEdition, only: str = "") -> Report:
    """Report on an edition; on one plain number alone where `only` names it. At most seventeen statements."""
    before = (
        HtsEdition.objects.filter(first_number="", valid_from__lt=edition.valid_from).order_by("-valid_from").first()
    )
    if before is None:
        return Report(edition, None, [], [])
    ended, begun = _changed(edition.valid_from)
    matters = _matters(edition.valid_from, {only} if only else None)
    gone = {number for number in matters if number in ended and number not in begun}
    gone |= _lost_breakout(matters.keys() - gone, ended, begun, edition.valid_from)
    moved = {
        number
        for number in matters.keys() - gone
        if number in ended and number in begun and plain_words(ended[number]) != plain_words(begun[number])
    }
    return Report(
        edition,
        before,
        _retired(edition, sorted(gone), matters, ended),
        [Affected(number, ended[number], begun[number], matters[number]) for number in sorted(moved)],
    )


def _changed(day: date) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words of the lines that ended on the eve, and of those that began on the day."""
    rows = TariffLine.objects.order_by()
    ended = dict(rows.filter(valid_to=day - DAY).values_list("number", "full_description"))
    return ended, dict(rows.filter(valid_from=day).values_list("number", "full_description"))


def _lost_breakout(numbers: Iterable[str], ended: Collection[str], begun: Collection[str], day: date) -> set[str]:
    """Numbers of eight digits and 00 whose line ended, or was broken out."""
    broken = {number[:8] for number in begun if len(number) == 10}
    found = {n for n in numbers if len(n) == 10 and n.endswith("00") and (n[:8] in broken or n[:8] in ended)}
    found -= set(TariffLine.objects.in_force(day).filter(number__in=found).values_list("number", flat=True))
    eve = TariffLine.objects.in_force(day - DAY)
    stood = set(eve.filter(number__in={n[:8] for n in found}).values_list("number", flat=True))
    today = TariffLine.objects.in_force(day).filter(level=8, number__in={n[:8] for n in found})
    stands = set(today.values_list("number", flat=True))
    return {n for n in found if n[:8] in stood and (n[:8] not in stands or n[:8] in broken)}


def _retired(
    edition: HtsEdition, numbers: list[str], matters: dict[str, list[Matter]], ended: dict[str, str]
) -> list[Affected]:
    # Eight digits and 00 are no line of their own: what follows their line may follow them.
    after = {number: found for number, (_, found) in successions({*numbers, *(n[:8] for n in numbers)}).items()}
    follow = {number: after[number] or after[number[:8]] for number in numbers}
    candidates = {one.number for found in follow.values() for one in found}
    there = set(
        TariffLine.objects.in_force(edition.valid_from).filter(number__in=candidates).values_list("number", flat=True)
    )
    rows = NumberSettlement.objects.filter(edition=edition, old_number__in=numbers).order_by("pk")
    settled = {row.old_number: row for row in rows.select_related("settled_by")}
    return [
        Affected(
            number,
            ended.get(number) or ended.get(number[:8], ""),
            "",
            matters[number],
            [one for one in follow[number] if one.number in there],
            [one for one in follow[number] if one.number not in there],
            settled.get(number),
        )
        for number in numbers
    ]


def _matters(day: date, only: Collection[str] | None) -> dict[str, list[Matter]]:
    """All that stands on numbers on the eve of the day, by number."""
    found: dict[str, list[Matter]] = defaultdict(list)
    for number, matter in (*_petitions(only), *_texts(only), *_exclusions(day, only), *_lines(day, only)):
        found[number].append(matter)
    return found


def _petitions(only: Collection[str] | None) -> Iterable[tuple[str, Matter]]:
    rows = Petition.objects.filter(status__in=PENDING).exclude(hts10="").order_by("pk")
    if only is not None:
        rows = rows.filter(hts10__in=only)
    for number, reference, status in rows.values_list("hts10", "reference", "status"):
        yield number, Matter("petition", str(reference), str(reference), Status(status).label)


def _texts(only: Collection[str] | None) -> Iterable[tuple[str, Matter]]:
    """Yield the latest text of each case that is in work."""
    rows = ProductDraft.objects.filter(petition__status__in=PENDING).order_by("version")
    if only is not None:
        rows = rows.filter(petition__drafts__number__in=only).distinct()
    latest = {
        reference: (number, version)
        for reference, number, version in rows.values_list("petition__reference", "number", "version")
    }
    for reference, (number, version) in sorted(latest.items()):
        if only is None or number in only:
            yield number, Matter("text", f"Text {version} of {reference}", str(reference), "in work")


def _exclusions(day: date, only: Collection[str] | None) -> Iterable[tuple[str, Matter]]:
    """Exclusions with a term on the day or after, for each number that their texts mean then."""
    terms = ExclusionTerm.objects.filter(lasts_to(day))
    terms = terms.exclude(status=ExclusionTerm.Status.DELETED).order_by("heading", "seq")
    places: dict[int, list[str]] = defaultdict(list)
    for exclusion, heading, note, item in terms.values_list("exclusion_id", "heading", "note", "item"):
        places[exclusion].append(f"{dotted(heading)} {note_cited(note, item)}".strip())
    named = ExclusionNumber.objects.filter(lasts_to(day)).order_by("number", "pk")
    if only is not None:
        named = named.filter(number__in=only)
    seen = set()
    columns = ("number", "text__exclusion_id", "text__exclusion__reference")
    for number, exclusion, reference in named.values_list(*columns):
        if exclusion in places and (number, exclusion) not in seen:
            seen.add((number, exclusion))
            yield number, Matter("exclusion", reference, reference, ", ".join(places[exclusion]))


def _lines(day: date, only: Collection[str] | None) -> Iterable[tuple[str, Matter]]:
    rows = CoveredLine.objects.filter(lasts_to(day), valid_from__lt=day)
    if only is not None:
        rows = rows.filter(number__in=only)
    columns = ("number", "action__code", "heading", "included")
    for number, code, heading, included in rows.order_by("number", "pk").values_list(*columns):
        said = "named on it" if included else "carved out of it"
        yield number, Matter("list", f"List {code}" if code[:1].isdigit() else code, "", f"{dotted(heading)}, {said}")


def below(number: str, day: date) -> list[tuple[str, str]]:
    """Return the lines of the schedule on the day below the first six digits of a number, with their words, to choose
    from.
    """
    first, after = range_of(number[:6])
    rows = (
        TariffLine.objects.in_force(day)
        .filter(number__gte=first, number__lt=after, level=len(number))
        .order_by("number")
    )
    return list(rows.values_list("number", "full_description")[:60])
