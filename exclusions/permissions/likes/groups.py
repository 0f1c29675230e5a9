"""The like cases of a petition, grouped by what came of them, or stands recommended of them.

A recommendation counts as a result, so that like goods do not get opposite decisions on one day. A denial for the form
of a request alone says nothing of the goods, and is no other result.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, OuterRef, Subquery, When

from exclusions.criteria import DENIAL_REASONS, OF_FORM
from exclusions.facts.exclusions import InForce, exclusions_on
from exclusions.facts.filing_day import filing_day
from exclusions.facts.like_cases import near_to
from exclusions.models import Decision, Petition, StoredCase, User
from exclusions.permissions.likes.meant import MayMean
from exclusions.permissions.likes.recommended import Concluded, Undecided, undecided
from exclusions.workflow.outcomes import DECIDED_OUTCOMES, CaseOutcome, opposed

SHOWN_REFERENCES = 5
_READ = "likes_read"  # in what was looked up of a petition
RECOMMENDED, FORM = "recommended-", "form-"  # lead the keys of such groups


@dataclass(frozen=True)
class LikeGroup:
    """Like cases of one outcome and docket, or the exclusions in force; `key` names the group in a form and a record.

    `references` are those of the cases or exclusions, in order, `live` those of petitions filed here, `reviewed` those
    of which a consistency review may be on record. `recommended`: none of them is decided. `codes`: of those that were
    denied for the form of the request alone.
    """

    key: str
    outcome: CaseOutcome
    where: str
    references: tuple[str, ...]
    docket: str = ""
    live: frozenset[str] = frozenset()
    reviewed: frozenset[str] = frozenset()
    recommended: bool = False
    codes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the group is, in words."""
        return f"{self.result}, {self.where}"

    @property
    def result(self) -> str:
        """What came of the cases, or stands recommended, in words."""
        form = f" for the form of the request alone ({', '.join(self.codes)})" if self.codes else ""
        said = f"{self.outcome.label}{form}"
        return f"Not decided, recommended: {said[:1].lower()}{said[1:]}" if self.recommended else said

    @property
    def facts(self) -> list[str]:
        """The facts about the form of a request on which a denial rests, in sentences."""
        return [DENIAL_REASONS[code] for code in self.codes]

    @property
    def summary(self) -> str:
        """The number of cases and the first references: “12: USTR-2019-0005-000001 and 11 more”."""
        shown = ", ".join(self.references[:SHOWN_REFERENCES])
        more = len(self.references) - SHOWN_REFERENCES
        return f"{len(self.references):,}: {shown}{f' and {more:,} more' if more > 0 else ''}"


@dataclass(frozen=True)
class Likes:
    """The groups of like cases as a person may know them; `hidden` are the cases of which the result is not told.

    `kept`: whether one that is under review is kept from the person, whatever is recommended of it. `named` are the
    exclusions in force for the number on the filing day.
    """

    groups: Sequence[LikeGroup] = ()
    hidden: frozenset[str] = frozenset()
    kept: bool = False
    named: Sequence[InForce] = ()


def likes_of(petition: Petition, user: User | None = None) -> Likes:
    """Return the like cases of a filed petition by outcome and docket, the exclusions in force on its filing day last.

    What a person may not know stands among the open ones; without a person, all is told. Five statements, whatever
    there is, besides those of `undecided`; none where `read_likes` has read them.
    """
    known: tuple[User | None, Likes] | None = petition.looked_up.get(_READ)
    if known is not None and known[0] == user:
        return known[1]
    stored = getattr(petition, "stored", None)
    return Likes() if stored is None else _Looked(user).likes(stored, petition)


def like_groups(petition: Petition, user: User | None = None) -> list[LikeGroup]:
    """Return the groups alone."""
    return list(likes_of(petition, user).groups)


def remember_likes(petition: Petition, user: User) -> None:
    """Read the like cases of one petition for a page, whose parts ask for them again."""
    petition.looked_up[_READ] = (user, likes_of(petition, user))


def named_read(petition: Petition) -> Sequence[InForce] | None:
    """Return the exclusions in force for the number of a case whose like cases have been read; None of another."""
    known: tuple[User | None, Likes] | None = petition.looked_up.get(_READ)
    return known[1].named if known else None


def decided_likes(petition: Petition) -> list[LikeGroup]:
    """Return the groups that are decided, which everybody may know; none that are denied for their form alone."""
    known: tuple[User | None, Likes] | None = petition.looked_up.get(_READ)
    likes = known[1] if known else likes_of(petition)
    return [group for group in with_result(likes.groups) if not group.recommended and not group.codes]


def read_likes(
    petitions: Iterable[Petition], user: User | None = None, *, concluded: Mapping[UUID, Concluded] | None = None
) -> None:
    """Read the same of many petitions, for `likes_of` to return.

    Those of `likes_of` for each wording among those of one cluster, and one for each number and filing day. `concluded`
    is what the person is about to put on record of some, which counts for the others in the place of what stands.
    """
    cases, looked = {petition.pk: petition for petition in petitions}, _Looked(user, concluded or {})
    rows = {row.petition_id: row for row in StoredCase.objects.filter(petition__in=list(cases)).order_by("pk")}
    for key, petition in cases.items():
        likes = looked.likes(rows[key], petition) if key in rows else Likes()
        petition.looked_up[_READ] = (user, likes)


class _Other(NamedTuple):
    """A like case as the store has it; `codes` of a denial that stands."""

    outcome: str
    docket: str
    reference: str
    petition: UUID | None
    codes: tuple[str, ...]


@dataclass(frozen=True)
class _Around:
    """The like cases of one wording and cluster, the case itself perhaps among them, in groups."""

    digest: int
    mates: Collection[int]
    groups: Sequence[LikeGroup]
    hidden: frozenset[str]
    kept: frozenset[str]


@dataclass
class _Looked:
    """What is like to the cases that are looked at together: those of one wording and cluster are like the same."""

    user: User | None
    concluded: Mapping[UUID, Concluded] = field(default_factory=dict)
    _found: list[_Around] = field(default_factory=list)
    _named: dict[tuple[str, date, int], Sequence[InForce]] = field(default_factory=dict)
    _may_mean: MayMean = field(default_factory=MayMean)

    def likes(self, case: StoredCase, petition: Petition) -> Likes:
        """Return what is like to a case."""
        around, found = self._around(case), []
        for group in around.groups:
            own = case.reference in group.live
            references = tuple(name for name in group.references if name != case.reference) if own else group.references
            if references:
                found.append(
                    replace(group, references=references, live=group.live - {case.reference}) if own else group
                )
        named = self._exclusions(petition)
        if references := self._may_mean.references(named, f"{case.product}. {case.words}"):
            where = "exclusions of the number in force on the filing day"
            found.append(LikeGroup("exclusions", CaseOutcome.GRANTED, where, references))
        mine = {case.reference}
        return Likes(found, around.hidden - mine, kept=bool(around.kept - mine), named=named)

    def _around(self, case: StoredCase) -> _Around:
        for known in self._found:
            if known.digest == case.likeness and case.pk in known.mates:
                return known
        near = near_to(case)
        rows = _rows(near.condition)
        others = [_Other(one, docket, name, key, tuple(codes or ())) for one, docket, name, key, codes in rows]
        open_ = {
            other.petition: other.reference for other in others if other.petition and other.outcome == CaseOutcome.OPEN
        }
        # Asked by the same condition, not by a thousand keys.
        asked = StoredCase.objects.filter(near.condition, outcome=CaseOutcome.OPEN, petition__isnull=False)
        waiting = undecided(asked.values("petition"), self.user) if open_.keys() - {case.petition_id} else {}
        for key, concluded in self.concluded.items():
            if key in waiting:
                waiting[key] = replace(waiting[key], concluded=concluded, kept=False, blind=False)
        hidden = frozenset(open_[key] for key, one in waiting.items() if one.hidden)
        kept = frozenset(open_[key] for key, one in waiting.items() if one.kept)
        self._found.append(_Around(case.likeness, near.mates | {case.pk}, _grouped(others, waiting), hidden, kept))
        return self._found[-1]

    def _exclusions(self, petition: Petition) -> Sequence[InForce]:
        if not petition.hts10 or not getattr(petition, "named_by_exclusion", True):
            return ()
        key = (petition.hts10, filing_day(petition.submitted_at, petition.created_at), petition.round_id)
        if key not in self._named:
            self._named[key] = exclusions_on(*key)
        return self._named[key]


def _rows(condition: Any) -> Iterable[tuple[Any, ...]]:
    """Return what is asked of like cases; the codes are those of the decision on a petition that was denied."""
    signed = Decision.objects.filter(petition=OuterRef("petition")).order_by("-version").values("denial_codes")[:1]
    denied = When(outcome=CaseOutcome.DENIED, petition__isnull=False, then=Subquery(signed))
    rows = StoredCase.objects.filter(condition).annotate(codes=Case(denied)).order_by("outcome", "docket", "reference")
    return rows.values_list("outcome", "docket", "reference", "petition_id", "codes")


def _grouped(others: Iterable[_Other], waiting: Mapping[UUID, Undecided]) -> list[LikeGroup]:
    """Return the groups: those that are decided or closed first, as the store has them, then what is recommended."""
    found: dict[str, list[_Other]] = {}
    about: dict[str, tuple[CaseOutcome, bool, set[str]]] = {}
    for other in others:
        one = waiting.get(other.petition) if other.petition else None
        stands = None if one is None or one.hidden else one.concluded
        outcome = stands.result if stands else CaseOutcome(other.outcome)
        codes = stands.codes if stands else other.codes
        formal = of_form_alone(outcome, codes)
        lead = f"{RECOMMENDED if stands else ''}{FORM if formal else ''}"
        key = f"{lead}{outcome}-{other.docket}"
        found.setdefault(key, []).append(other)
        about.setdefault(key, (outcome, bool(stands), set()))[2].update(codes if formal else ())
    groups = [
        LikeGroup(
            key,
            about[key][0],
            f"docket {members[0].docket}",
            tuple(one.reference for one in members),
            docket=members[0].docket,
            live=frozenset(one.reference for one in members if one.petition),
            reviewed=frozenset(one.reference for one in members if _may_be_reviewed(one, waiting)),
            recommended=about[key][1],
            codes=tuple(sorted(about[key][2])),
        )
        for key, members in found.items()
    ]
    return sorted(groups, key=lambda group: (group.recommended, group.outcome, group.key))


def _may_be_reviewed(other: _Other, waiting: Mapping[UUID, Undecided]) -> bool:
    if other.petition is None:
        return False
    return other.outcome in DECIDED_OUTCOMES or (other.petition in waiting and waiting[other.petition].reviewed)


def of_form_alone(outcome: str, codes: Collection[str]) -> bool:
    """Whether a case is denied for nothing but the form of the request, or because it came late or incomplete."""
    return outcome == CaseOutcome.DENIED and bool(codes) and OF_FORM.issuperset(codes)


def with_result(groups: Iterable[LikeGroup]) -> list[LikeGroup]:
    """Those that have a result, decided or recommended."""
    return [group for group in groups if group.outcome in DECIDED_OUTCOMES]


def otherwise(groups: Iterable[LikeGroup], outcome: CaseOutcome, codes: Collection[str] = ()) -> list[LikeGroup]:
    """Those with another result than the outcome, which rests on `codes`. A grant in part and a grant are like results,
    told apart by name.
    """
    if of_form_alone(outcome, codes):
        return []
    return [group for group in groups if opposed(group.outcome, outcome) and not group.codes]


def untold(groups: Iterable[LikeGroup]) -> list[LikeGroup]:
    """Return the groups as everybody of the staff may know them: what is recommended stands among the open ones."""
    found, waiting = [group for group in groups if not group.recommended], dict[str, list[LikeGroup]]()
    for group in groups:
        if group.recommended:
            waiting.setdefault(group.docket, []).append(group)
    for docket, merged in waiting.items():
        key = f"{CaseOutcome.OPEN}-{docket}"
        open_ = next((group for group in found if group.key == key), None)
        names = sorted({name for group in (*merged, *([open_] if open_ else [])) for name in group.references})
        told = LikeGroup(key, CaseOutcome.OPEN, f"docket {docket}", tuple(names), docket, frozenset(names))
        found = [*(group for group in found if group.key != key), told]
    return sorted(found, key=lambda group: (group.key == "exclusions", group.outcome, group.key))


def seen_of(groups: Sequence[LikeGroup]) -> str:
    """Return what a page showed of the results, in a few characters, to tell later whether they are the same."""
    results = with_result(groups)
    parts = [f"{group.key}={'|'.join(group.references)}" for group in results]
    return blake2b("\n".join(parts).encode(), digest_size=12).hexdigest() if parts else "none"
