"""The cases around one: of like text, of its number, of its organization; counted in full, filtered, paged.

GAO-21-506: requests of one company and for one product were decided apart, without anybody seeing them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from exclusions.facts.exclusions import NamedExclusion, exclusions_naming, in_force
from exclusions.facts.filing_day import filing_day
from exclusions.facts.like_cases import Near, near_to
from exclusions.models import Petition, StoredCase, User
from exclusions.models.interest import Ties
from exclusions.queries.casework.clusters.around import Around, Counted, cases_around
from exclusions.queries.casework.clusters.related import PriorDecision, decided_beside
from exclusions.queries.list_pages import page_number
from exclusions.workflow.outcomes import CaseOutcome

PAGE_SIZE = 40
TEXT, NUMBER, ORGANIZATION = "text", "number", "organization"
RELATIONS: Mapping[str, str] = {
    TEXT: "Same cluster, or like text on the same 8 digits",
    NUMBER: "Same 10-digit number",
    ORGANIZATION: "Same organization",
}


@dataclass(frozen=True)
class Like:
    """A related case and why it is one."""

    case: Around
    why: str


@dataclass(frozen=True)
class LikePage:
    """What is related to a case; `counts` has, for each relation, how many of each outcome there are."""

    case: StoredCase
    counts: dict[str, dict[str, int]]
    page: "Page[Any]"
    near: Near
    chosen: Mapping[str, str]

    @cached_property
    def rows(self) -> list[Like]:
        """The cases of the page, the nearest first, each with why it is one."""
        known: dict[tuple[bool, int, bool, bool], str] = {}  # most stand in the same relations
        rows = []
        for other in self.page.object_list:
            key = (other.pk in self.near.mates, other.likeness, other.of_number, other.of_organization)
            if key not in known:
                known[key] = self._why(other)
            rows.append(Like(other, known[key]))
        return rows

    @property
    def table(self) -> list[tuple[str, int, list[tuple[str, int]]]]:
        """The counts as rows: the relation in words, how many, and how many of each outcome, by its words."""
        return [
            (words, sum(of.values()), [(str(one.label), of.get(one, 0)) for one in CaseOutcome])
            for words, of in ((words, self.counts[name]) for name, words in RELATIONS.items())
        ]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """The outcomes in the order of the table's columns."""
        return list(CaseOutcome.choices)

    @property
    def outcome_labels(self) -> list[str]:
        """The outcomes in words, as the table of counts is headed."""
        return [str(one.label) for one in CaseOutcome]

    @property
    def relations(self) -> list[tuple[str, str]]:
        """The relations that a filter offers."""
        return list(RELATIONS.items())

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of cases that a filter offers."""
        return list(StoredCase.Kind.choices)

    def _why(self, other: Around) -> str:
        reasons = [self.near.why(other.pk, other.likeness)]
        reasons += ["same 10-digit number"] if other.of_number else []
        reasons += ["same organization"] if other.of_organization else []
        return "; ".join(filter(None, reasons))


def like_page(case: StoredCase, user: User, asked: Mapping[str, Any], ties: Ties | None = None) -> LikePage:
    """Return the cases around one that a person may know of. `asked` is what narrows them: relation, outcome, kind.

    Two statements, whatever there is; one more for a page beyond the last. What is not understood in `asked` is left
    out.
    """
    near = near_to(case)
    chosen = {
        "relation": _known(asked.get("relation"), RELATIONS),
        "outcome": _known(asked.get("outcome"), CaseOutcome.values),
        "kind": _known(asked.get("kind"), StoredCase.Kind.values),
    }
    number = page_number(asked.get("page"))
    start = (number - 1) * PAGE_SIZE
    counted, rows = cases_around(case, near, user, ties, chosen, start=start, most=PAGE_SIZE)
    page: Page[Any] = Paginator(range(_how_many(counted, chosen)), PAGE_SIZE).get_page(number)
    if page.paginator.count and page.start_index() - 1 != start:
        first = page.start_index() - 1
        counted, rows = cases_around(case, near, user, ties, chosen, start=first, most=PAGE_SIZE)
    page.object_list = rows
    return LikePage(case, _by_relation(counted), page, near, chosen)


def _by_relation(counted: list[Counted]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {name: {} for name in RELATIONS}
    for row in counted:
        for name, of in counts.items():
            of[row.outcome] = of.get(row.outcome, 0) + row.of[name]
    return counts


@dataclass(frozen=True)
class Beside:
    """A live case, what is related to it, what was decided on its subheading, and what covered it on its filing day."""

    like: LikePage
    decisions: list[PriorDecision]
    exclusions: list[NamedExclusion]
    filed_on: date


def around(petition: Petition, user: User, asked: Mapping[str, Any], ties: Ties | None = None) -> Beside | None:
    """Return what is around a live case, in four statements beside its row; None for one that is not stored."""
    case: StoredCase | None = getattr(petition, "stored", None)
    if case is None:
        return None
    filed_on = filing_day(petition.submitted_at, petition.created_at)
    named = exclusions_naming(petition.hts10) if petition.hts10 else []
    return Beside(like_page(case, user, asked, ties), decided_beside(petition), in_force(named, filed_on), filed_on)


def _how_many(counted: list[Counted], chosen: Mapping[str, str]) -> int:
    """How many of those that were counted are of the chosen relation, outcome and kind."""
    those = [row for row in counted if chosen["outcome"] in ("", row.outcome) and chosen["kind"] in ("", row.kind)]
    return sum(row.of[chosen["relation"]] if chosen["relation"] else row.all for row in those)


def _known(asked: object, values: Any) -> str:
    return str(asked) if asked in values else ""
