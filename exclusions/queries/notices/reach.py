"""What a product text would reach: pending petitions that it satisfies, exclusions it meets, cases it leaves out.

An exclusion belongs to the product, so that a text that is granted for one petition answers every other one whose goods
meet it. What is compared is public: names and descriptions as everybody reads them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from exclusions.facts.exclusions import NamedExclusion, exclusions_of, in_force, pending
from exclusions.facts.filing_day import filing_day
from exclusions.models import Petition, StoredCase, User
from exclusions.wording import Description, parse
from exclusions.wording.fit import Fit, Verdict, fits, meet
from exclusions.wording.named_numbers import is_whole_number, named_numbers
from exclusions.wording.said import Goods, head_stem
from exclusions.workflow.outcomes import CaseOutcome

MOST = 2000  # of a number’s pending cases, the newest, are compared
SHOWN = 25
MATES = 200
WORDS = 4000  # characters of a description that are compared
COLUMNS = ("reference", "requester", "hts10", "product", "words", "petition")
WHOLE = Fit(Verdict.YES, ("the whole number is excluded",))


@dataclass(frozen=True)
class Reached:
    """A case and how the text fits its goods; of one with no text to compare, no `fit`."""

    reference: str
    requester: str
    hts10: str
    product: str
    fit: Fit | None


@dataclass(frozen=True)
class Overlap:
    """An exclusion that names a number of the text, and whether the two texts may mean the same goods."""

    exclusion: NamedExclusion
    fit: Fit | None


@dataclass(frozen=True)
class Reach:
    """What a text reaches. `pending` are open cases of its numbers, as far as they are shown; `more`: not compared.

    `sure` and `maybe` count all that were compared; `left_out` are cases of the cluster, the case itself first.
    """

    numbers: tuple[str, ...]
    has_text: bool
    pending: list[Reached]
    sure: int
    maybe: int
    compared: int
    more: bool
    overlaps: list[Overlap]
    left_out: list[Reached]

    @property
    def by_verdict(self) -> list[tuple[str, list[Reached]]]:
        """The pending cases on the page that the text covers: [("Surely", cases), ("Perhaps", cases)]."""
        return [
            ("Surely", [one for one in self.pending if one.fit and one.fit.verdict is Verdict.YES]),
            ("Perhaps", [one for one in self.pending if one.fit and one.fit.verdict is Verdict.ASK]),
        ]


def reach_of(petition: Petition, text: str, number: str, user: User, today: date) -> Reach:
    """Return what a text for a case would reach, as far as a person may know of the cases; "" compares nothing.

    `number` is the plain 10-digit number typed beside the text, which counts with those that the text names. Three
    statements beside those of `open_to`, however many cases there are.
    """
    numbers = tuple(dict.fromkeys(filter(None, [number, *(named.number for named in named_numbers(text))])))
    described = parse(text) if text.strip() and not is_whole_number(text) else None
    whole = bool(text.strip()) and described is None
    rows = list(_pending(petition, numbers, described, user))
    alike: dict[tuple[str, str], Fit | None] = {}
    reached = [_reached(row, described, alike, whole=whole) for row in rows[:MOST]]
    verdicts = [one.fit.verdict for one in reached if one.fit]
    met = [one for one in reached if one.fit is None or one.fit.verdict is not Verdict.NO]
    mates = _mates(petition, user) if described else []
    days = (filing_day(petition.submitted_at, petition.created_at), today)
    return Reach(
        numbers=numbers,
        has_text=bool(text.strip()),
        pending=sorted(met, key=lambda one: one.fit is not None and one.fit.verdict is not Verdict.YES)[:SHOWN],
        sure=verdicts.count(Verdict.YES),
        maybe=verdicts.count(Verdict.ASK),
        compared=len(reached),
        more=len(rows) > MOST,
        overlaps=_overlaps(numbers, described, whole=whole, days=days),
        left_out=_left_out(mates, described) if described else [],
    )


def _pending(petition: Petition, numbers: Sequence[str], described: Description | None, user: User) -> Iterable[Any]:
    """Return the open live cases of the numbers, newest first; of a described product only those whose words hold its
    noun.
    """
    cases = StoredCase.objects.open_to(user).filter(
        kind=StoredCase.Kind.LIVE, outcome=CaseOutcome.OPEN, hts10__in=numbers
    )
    head = head_stem(described.noun) if described else ""
    if head:
        cases = cases.filter(Q(words__icontains=head) | Q(product__icontains=head))
    return cases.exclude(petition=petition).order_by("-filed_on", "-reference").values_list(*COLUMNS)[: MOST + 1]


def _reached(
    row: Sequence[Any], described: Description | None, alike: dict[tuple[str, str], Fit | None], *, whole: bool
) -> Reached:
    """Return the case of a row with its fit; what is described in the same words is compared once."""
    reference, requester, hts10, product, words, _ = row
    if (product, words) not in alike:
        fit = fits(described, _goods(product, words)) if described else WHOLE if whole else None
        alike[product, words] = fit
    return Reached(reference, requester, hts10, product, alike[product, words])


def _goods(product: str, words: str) -> Goods:
    return Goods(words[:WORDS] if product and product in words else f"{product}. {words[:WORDS]}")


def _mates(petition: Petition, user: User) -> list[Any]:
    """Return the case and the others of its cluster."""
    same = Q(
        memberships__left_at__isnull=True,
        memberships__cluster__members__left_at__isnull=True,
        memberships__cluster__members__case__petition=petition,
    )
    cases = StoredCase.objects.open_to(user).filter(Q(petition=petition) | same).distinct()
    rows = list(cases.order_by("reference").values_list(*COLUMNS)[:MATES])
    return sorted(rows, key=lambda row: row[-1] != petition.pk)


def _left_out(rows: Iterable[Any], described: Description) -> list[Reached]:
    compared = [_reached(row, described, {}, whole=False) for row in rows]
    return [one for one in compared if one.fit and one.fit.verdict is Verdict.NO][:SHOWN]


def _overlaps(
    numbers: Sequence[str], described: Description | None, *, whole: bool, days: tuple[date, ...]
) -> list[Overlap]:
    """Return the exclusions of the numbers, in force on one of the days or pending, that may mean the same goods."""
    named = [item for of in exclusions_of(list(numbers)).values() for item in of] if numbers else []
    known = {item.term: item for day in days for item in [*in_force(named, day), *pending(named, day)]}
    met = [Overlap(item, _meeting(item, described, whole=whole)) for item in known.values()]
    return [one for one in met if one.fit is None or one.fit.verdict is not Verdict.NO][:SHOWN]


def _meeting(item: NamedExclusion, described: Description | None, *, whole: bool) -> Fit | None:
    if described is None and not whole:
        return None
    if item.whole_number or whole:
        return WHOLE
    assert described is not None
    return meet(described, parse(item.text))
