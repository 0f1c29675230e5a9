"""Which cases are like one, and what came of them: one truth for the gate before the legal review, page and record.

*Like* are the cases of the same cluster, and those of like text on the same 8 digits, live and historical; with them
stand the exclusions that named the number, in force on the day of filing. The store's keys leave the few cases that
share one with it, and `exclusions.likeness` compares those.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from django.db.models import BooleanField, Count, JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from exclusions import likeness
from exclusions.facts.exclusions import exclusions_naming, in_force
from exclusions.facts.filing_day import filing_day
from exclusions.likeness.cases import Kind
from exclusions.models import Cluster, ClusterMember, Petition, StoredCase, StoredKey
from exclusions.workflow.outcomes import DECIDED_OUTCOMES, CaseOutcome, opposed

SHOWN_REFERENCES = 5


def row_of(case: StoredCase) -> likeness.Row:
    """Return a case as likeness compares it; a docket's row has a name and no description."""
    text = case.words if case.kind == StoredCase.Kind.LIVE else ""
    return likeness.Row(case.reference, case.hts10, case.product, text, requester=case.requester)


def marks_of(case: StoredCase) -> tuple[int, set[int]]:
    """Return the digest of what is compared of a case, and the keys under which a case is looked for.

    Cases of one digest are like the same others, in the same words; of two that are alike one key at least is the same.
    """
    kind, number = Kind.from_row(row_of(case)), case.hts10[:8]
    digest = _hashed(number, *kind.marks())
    return digest, {_hashed(number, *key) for key in kind.keys()} if len(number) == 8 else set()  # noqa: SIM118


def keys_of(case: StoredCase) -> set[int]:
    """Return the keys under which a case is looked for."""
    return marks_of(case)[1]


def _hashed(*parts: str) -> int:
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True)
class Near:
    """What is near to a case: the digests of like text on the same 8 digits, each with why; the cases of its cluster.

    Who is in the cluster is like, whatever it is called, and is not compared.
    """

    kinds: Mapping[int, str]
    mates: frozenset[int]

    def why(self, key: int, likeness: int) -> str:
        """Return why the case of a key and a digest is near, "" where it is not."""
        return "same cluster" if key in self.mates else self.kinds.get(likeness, "")

    @property
    def condition(self) -> Q:
        """The condition under which a stored case is near; the case itself meets it, too."""
        return Q(likeness__in=list(self.kinds)) | Q(pk__in=list(self.mates))


def near_to(case: StoredCase) -> Near:
    """Return what is near to a case. One statement: of those that share a key each wording is read once a process."""
    known = _compared_with(case.likeness)
    mates, new = set[int](), dict[int, StoredCase]()
    for number, is_mate, row in _sharing(case, known):
        if is_mate:
            mates.add(number)
        elif row is not None:  # or no case is of that wording any more, or none yet
            new[number] = StoredCase(**row)
    if new:
        mine = Kind.from_row(row_of(case))
        known.update({number: _why(case, mine, other) for number, other in new.items()})
    return Near({digest: why for digest, why in sorted(known.items()) if why}, frozenset(mates - {case.pk}))


def _sharing(case: StoredCase, known: Collection[int]) -> "QuerySet[Any, Any]":
    """Return the wordings that share a key with that of a case, but for the known ones, each with one case that stands
    for all of it; and the cases of its cluster: (digest or key, whether it is of the cluster, columns of the case).
    """
    # Which case is the same to whoever compares; without an order PostgreSQL takes the first of its index.
    one = StoredCase.objects.filter(likeness=OuterRef("likeness")).order_by().values(row=JSONObject(**_COLUMNS))
    keys = StoredKey.objects.filter(likeness=case.likeness).values("key")
    new = StoredKey.objects.filter(key__in=keys).exclude(likeness__in=known).order_by().values("likeness")
    wordings = new.annotate(keys=Count("pk")).annotate(row=Subquery(one[:1], output_field=JSONField()))
    own = ClusterMember.objects.joined().filter(case=case).exclude(cluster__state=Cluster.State.DISSOLVED)
    mates = ClusterMember.objects.joined().filter(cluster__in=own.values("cluster")).order_by()
    yes, no = (Value(is_mate, output_field=BooleanField()) for is_mate in (True, False))
    return wordings.values_list("likeness", no, "row").union(
        mates.values_list("case_id", yes, Value(None, output_field=JSONField())), all=True
    )


_COLUMNS = {name: name for name in ("kind", "hts10", "product", "words", "requester")}  # what `row_of` reads


def _compared_with(digest: int) -> dict[int, str]:
    """Return what a process knows of the wordings that were compared with one of this digest: {digest: why it is near,
    or ""}.

    A digest is of all that is compared, so that the answer for two of them is the same for ever.
    """
    if sum(map(len, _COMPARED.values())) > MOST_COMPARED:
        _COMPARED.clear()
    return _COMPARED.setdefault(digest, {})


MOST_COMPARED = 100_000
_COMPARED: dict[int, dict[int, str]] = {}


def _why(case: StoredCase, mine: Kind, other: StoredCase) -> str:
    """Why a wording is near in text, "" where it is not. On other digits two keys fell together."""
    if other.hts10[:8] != case.hts10[:8]:
        return ""
    verdict = mine.near(Kind.from_row(row_of(other)))
    return verdict.why if verdict.near else ""


def near_cases(case: StoredCase) -> dict[int, str]:
    """Return the other cases of the same cluster or of like text on the same 8 digits, as {key of the row: why}.

    Two statements.
    """
    near = near_to(case)
    others = StoredCase.objects.filter(near.condition).exclude(pk=case.pk)
    return {key: near.why(key, digest) for key, digest in others.order_by("pk").values_list("pk", "likeness")}


@dataclass(frozen=True)
class LikeGroup:
    """Like cases of one outcome and docket, or the exclusions in force; `key` names the group in a form and a record.

    `references` are those of the cases or exclusions, in order.
    """

    key: str
    outcome: CaseOutcome
    where: str
    references: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the group is, in words."""
        return f"{self.outcome.label}, {self.where}"

    @property
    def summary(self) -> str:
        """The number of cases and the first references: “12: USTR-2019-0005-000001 and 11 more”."""
        shown = ", ".join(self.references[:SHOWN_REFERENCES])
        more = len(self.references) - SHOWN_REFERENCES
        return f"{len(self.references):,}: {shown}{f' and {more:,} more' if more > 0 else ''}"


def like_groups(petition: Petition) -> list[LikeGroup]:
    """Return the like cases of a filed petition by outcome and docket, the exclusions in force on its filing day last.

    Four statements, whatever there is; none where `read_like_groups` has read them.
    """
    known: list[LikeGroup] | None = vars(petition).get(_READ)
    if known is not None:
        return known
    stored = StoredCase.objects.filter(petition=petition).order_by("pk").first()
    return [] if stored is None else _Looked().groups(stored, petition)


def read_like_groups(petitions: Iterable[Petition]) -> None:
    """Read the same of many petitions, for `like_groups` to return.

    Three statements for each wording among those of one cluster, and one for each number and filing day.
    """
    cases, looked = {petition.pk: petition for petition in petitions}, _Looked()
    rows = {row.petition_id: row for row in StoredCase.objects.filter(petition__in=list(cases)).order_by("pk")}
    for key, petition in cases.items():
        petition.__dict__[_READ] = looked.groups(rows[key], petition) if key in rows else []


_READ = "like_groups_read"


class _Looked:
    """What is like to the cases that are looked at together: those of one wording and cluster are like the same."""

    def __init__(self) -> None:
        self._found: list[tuple[int, frozenset[int], dict[tuple[str, str], tuple[str, ...]]]] = []
        self._named: dict[tuple[str, date], tuple[str, ...]] = {}

    def groups(self, case: StoredCase, petition: Petition) -> list[LikeGroup]:
        """Return the groups of a case."""
        found = []
        for (outcome, docket), names in self._others(case).items():
            own = (outcome, docket) == (case.outcome, case.docket)
            references = tuple(name for name in names if name != case.reference) if own else names
            if references:
                group = LikeGroup(f"{outcome}-{docket}", CaseOutcome(outcome), f"docket {docket}", references)
                found.append(group)
        if named := self._exclusions(petition) if petition.hts10 else ():
            where = "exclusions of the number in force on the filing day"
            found.append(LikeGroup("exclusions", CaseOutcome.GRANTED, where, named))
        return found

    def _others(self, case: StoredCase) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the like cases by outcome and docket, the case itself perhaps among them."""
        for digest, cluster, others in self._found:
            if digest == case.likeness and case.pk in cluster:
                return others
        near = near_to(case)
        rows = StoredCase.objects.filter(near.condition).order_by("outcome", "docket", "reference")
        grouped: dict[tuple[str, str], list[str]] = {}
        for outcome, docket, reference in rows.values_list("outcome", "docket", "reference"):
            grouped.setdefault((outcome, docket), []).append(reference)
        others = {key: tuple(names) for key, names in sorted(grouped.items())}
        self._found.append((case.likeness, near.mates | {case.pk}, others))
        return others

    def _exclusions(self, petition: Petition) -> tuple[str, ...]:
        key = (petition.hts10, filing_day(petition.submitted_at, petition.created_at))
        if key not in self._named:
            named = in_force(exclusions_naming(key[0]), key[1])
            self._named[key] = tuple(dict.fromkeys(item.reference for item in named))
        return self._named[key]


def decided(groups: Iterable[LikeGroup]) -> list[LikeGroup]:
    """Those that have a result: granted, granted in part or denied."""
    return [group for group in groups if group.outcome in DECIDED_OUTCOMES]


def otherwise(groups: Iterable[LikeGroup], outcome: CaseOutcome) -> list[LikeGroup]:
    """Those with another result than the outcome. A grant in part and a grant are like results, told apart by name."""
    return [group for group in groups if opposed(group.outcome, outcome)]


def seen_of(groups: Sequence[LikeGroup]) -> str:
    """Return what a page showed of the results, in a few characters, to tell later whether they are the same."""
    results = decided(groups)
    return _digest([f"{group.key}={'|'.join(group.references)}" for group in results]) if results else "none"


def _digest(parts: Sequence[str]) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()
