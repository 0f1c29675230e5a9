"""The cases around one: of like text, of its number, of its organization; counted in full, filtered, paged.

GAO-21-506: requests of one company and for one product were decided apart, without anybody seeing them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Q, Value, When

from exclusions.facts.exclusions import NamedExclusion, exclusions_naming, in_force
from exclusions.facts.filing_day import filing_day
from exclusions.facts.like_cases import near_cases
from exclusions.models import Decision, Petition, StoredCase, User
from exclusions.models.desk.store import StoredCaseQuerySet
from exclusions.models.interest import Ties
from exclusions.queries.agency.related import prior_decisions
from exclusions.queries.desk.search import cases_of
from exclusions.workflow.outcomes import CaseOutcome

PAGE_SIZE = 40
TEXT, NUMBER, ORGANIZATION = "text", "number", "organization"
RELATIONS: Mapping[str, str] = {
    TEXT: "Same cluster, or like text on the same 8 digits",
    NUMBER: "Same 10-digit number",
    ORGANIZATION: "Same organization",
}
COLUMNS = ("reference", "kind", "docket", "requester", "requester_key", "organization_id", "hts10", "product",
           "filed_on", "outcome", "decided_on")  # fmt: skip


@dataclass(frozen=True)
class Like:
    """A related case and why it is one."""

    case: StoredCase
    why: str


@dataclass(frozen=True)
class LikePage:
    """What is related to a case; `counts` has, for each relation, how many of each outcome there are."""

    case: StoredCase
    counts: dict[str, dict[str, int]]
    page: "Page[Any]"
    near: Mapping[int, str]
    chosen: Mapping[str, str]

    @cached_property
    def rows(self) -> list[Like]:
        """The cases of the page, the nearest first, each with why it is one."""
        return [Like(other, self._why(other)) for other in self.page.object_list]

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
    def relations(self) -> list[tuple[str, str]]:
        """The relations that a filter offers."""
        return list(RELATIONS.items())

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of cases that a filter offers."""
        return list(StoredCase.Kind.choices)

    def _why(self, other: StoredCase) -> str:
        reasons = [self.near[other.pk]] if other.pk in self.near else []
        if other.hts10 and other.hts10 == self.case.hts10:
            reasons.append("same 10-digit number")
        if _of_organization(self.case, other):
            reasons.append("same organization")
        return "; ".join(reasons)


def like_page(case: StoredCase, user: User, asked: Mapping[str, Any], ties: Ties | None = None) -> LikePage:
    """Return the cases around one that a person may know of. `asked` is what narrows them: relation, outcome, kind.

    Three statements, whatever there is; what is not understood in `asked` is left out.
    """
    near = near_cases(case)
    conditions = _conditions(case, near)
    everything = cases_of(user, ties).exclude(pk=case.pk).filter(_any(conditions.values()))
    chosen = {
        "relation": _known(asked.get("relation"), RELATIONS),
        "outcome": _known(asked.get("outcome"), CaseOutcome.values),
        "kind": _known(asked.get("kind"), StoredCase.Kind.values),
    }
    counted = _counted(everything, conditions)
    rows = everything.filter(conditions[chosen["relation"]]) if chosen["relation"] else everything
    rows = rows.filter(**{name: chosen[name] for name in ("outcome", "kind") if chosen[name]})
    nearness = Case(
        When(conditions[TEXT], then=Value(0)),
        When(conditions[NUMBER], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ordered: Any = rows.alias(nearness=nearness).order_by("nearness", "-filed_on", "-reference").only(*COLUMNS)
    counts: dict[str, dict[str, int]] = {name: {} for name in RELATIONS}
    for row in counted:
        for name, of in counts.items():
            of[row["outcome"]] = of.get(row["outcome"], 0) + row[f"of_{name}"]
    page = Paginator(range(_how_many(counted, chosen)), PAGE_SIZE).get_page(asked.get("page"))
    page.object_list = list(ordered[page.start_index() - 1 : page.end_index()]) if page.paginator.count else []
    return LikePage(case, counts, page, near, chosen)


@dataclass(frozen=True)
class Beside:
    """A live case, what is related to it, what was decided on its subheading, and what covered it on its filing day."""

    like: LikePage
    decisions: list[Decision]
    exclusions: list[NamedExclusion]
    filed_on: date


def around(petition: Petition, user: User, asked: Mapping[str, Any], ties: Ties | None = None) -> Beside | None:
    """Return what is around a live case, in five statements beside its row; None for one that is not stored."""
    case: StoredCase | None = getattr(petition, "stored", None)
    if case is None:
        return None
    filed_on = filing_day(petition.submitted_at, petition.created_at)
    named = in_force(exclusions_naming(petition.hts10), filed_on) if petition.hts10 else []
    return Beside(like_page(case, user, asked, ties), list(prior_decisions(petition)), named, filed_on)


def _conditions(case: StoredCase, near: Mapping[int, str]) -> dict[str, Q]:
    organization = Q(requester_key=case.requester_key) if case.requester_key else Q(pk__in=[])
    if case.organization_id:
        organization |= Q(organization=case.organization_id)
    return {
        TEXT: Q(pk__in=list(near)),
        NUMBER: Q(hts10=case.hts10) if case.hts10 else Q(pk__in=[]),
        ORGANIZATION: organization,
    }


def _any(conditions: Any) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _counted(rows: StoredCaseQuerySet, conditions: Mapping[str, Q]) -> list[dict[str, Any]]:
    """How many there are of each outcome and kind, and how many of them in each relation; one statement for all."""
    counting = {f"of_{name}": Count("pk", filter=condition) for name, condition in conditions.items()}
    counted: Any = rows.order_by().values("outcome", "kind").annotate(all=Count("pk"), **counting)
    return list(counted)


def _how_many(counted: list[dict[str, Any]], chosen: Mapping[str, str]) -> int:
    """How many of those that were counted are of the chosen relation, outcome and kind."""
    column = f"of_{chosen['relation']}" if chosen["relation"] else "all"
    return sum(row[column] for row in counted if all(chosen[name] in ("", row[name]) for name in ("outcome", "kind")))


def _known(asked: object, values: Any) -> str:
    return str(asked) if asked in values else ""


def _of_organization(case: StoredCase, other: StoredCase) -> bool:
    same = bool(case.organization_id) and case.organization_id == other.organization_id
    return same or (bool(case.requester_key) and case.requester_key == other.requester_key)
