"""Which cases are like one, and what came of them: one truth for the gate before the legal review, page and record.

*Like* are the cases of the same cluster, and those of like text on the same 8 digits, live and historical; with them
stand the exclusions that named the number, in force on the day of filing. The store's keys leave the few cases that
share one with it, and `exclusions.likeness` compares those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import Case as Choose
from django.db.models import Exists, OuterRef, TextField, Value, When

from exclusions import likeness
from exclusions.facts.exclusions import exclusions_naming, in_force
from exclusions.facts.filing_day import filing_day
from exclusions.likeness.cases import Kind
from exclusions.models import Cluster, ClusterMember, Petition, StoredCase, StoredKey
from exclusions.workflow.outcomes import DECIDED_OUTCOMES, CaseOutcome, opposed

_COMPARED = ("pk", "reference", "docket", "outcome", "is_mate", "hts10", "product", "text", "requester")
SHOWN_REFERENCES = 5


def row_of(case: StoredCase) -> likeness.Row:
    """Return a case as likeness compares it; a docket's row has a name and no description."""
    text = case.words if case.kind == StoredCase.Kind.LIVE else ""
    return likeness.Row(case.reference, case.hts10, case.product, text, requester=case.requester)


def keys_of(case: StoredCase) -> set[int]:
    """Return the keys under which a case is looked for; of two that are alike, one at least is the same."""
    if len(case.hts10) < 8:
        return set()
    number = case.hts10[:8]
    return {_hashed(number, *key) for key in Kind.of(row_of(case)).keys()}  # noqa: SIM118 -- it is no mapping


def _hashed(*parts: str) -> int:
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def near_cases(case: StoredCase) -> dict[int, str]:
    """Return the other cases of the same cluster or of like text on the same 8 digits, as {key of the row: why}.

    One statement.
    """
    return {other.pk: other.why for other in _near(case)}


@dataclass(frozen=True, slots=True)
class _Near:
    """A like case, as far as groups are made of it."""

    pk: int
    reference: str
    docket: str
    outcome: str
    why: str


def _near(case: StoredCase) -> list[_Near]:
    """Compare those that share a key; who is in the cluster is like, whatever it is called, and is not compared."""
    mine = Kind.of(row_of(case))
    member = ClusterMember.objects.joined().exclude(cluster__state=Cluster.State.DISSOLVED)
    mates = member.filter(cluster__in=member.filter(case=case).values("cluster"))
    sharing = StoredKey.objects.filter(key__in=keys_of(case)).values("case")
    others = (
        StoredCase.objects.filter(pk__in=sharing.union(mates.values("case")))
        .exclude(pk=case.pk)
        .annotate(is_mate=Exists(mates.filter(case=OuterRef("pk"))))
        .annotate(
            text=Choose(
                When(is_mate=False, kind=StoredCase.Kind.LIVE, then="words"),
                default=Value(""),
                output_field=TextField(),
            )
        )
        .order_by("reference")
    )
    known: dict[tuple[str, ...], str] = {}
    found = []
    for pk, reference, docket, outcome, is_mate, *said in others.values_list(*_COMPARED):
        why = "same cluster" if is_mate else _why(case, mine, tuple(said), known)
        if why:
            found.append(_Near(pk, reference, docket, outcome, why))
    return found


def _why(case: StoredCase, mine: Kind, said: tuple[str, ...], known: dict[tuple[str, ...], str]) -> str:
    """Why another case is near in text, "" where it is not. `known` keeps the answers: many say the same."""
    number, product, text, requester = said
    if said not in known:
        verdict = mine.near(Kind.of(likeness.Row("", number, product, text, requester=requester)))
        # On other digits two keys fell together.
        known[said] = verdict.why if verdict.near and number[:8] == case.hts10[:8] else ""
    return known[said]


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
    def words(self) -> str:
        """How many there are, and the first of them."""
        shown = ", ".join(self.references[:SHOWN_REFERENCES])
        more = len(self.references) - SHOWN_REFERENCES
        return f"{len(self.references):,}: {shown}{f' and {more:,} more' if more > 0 else ''}"


def like_groups(petition: Petition) -> list[LikeGroup]:
    """Return the like cases of a filed petition by outcome and docket, the exclusions in force on its filing day last.

    Three statements, whatever there is; none where a page has read the case (`case_rows.read_case`) and asked before.
    """
    if "recommendations" not in getattr(petition, "_prefetched_objects_cache", {}):
        return _like_groups(petition)
    known: list[LikeGroup] | None = petition.__dict__.get("_like_groups_read")
    if known is None:
        known = petition.__dict__["_like_groups_read"] = _like_groups(petition)
    return known


def _like_groups(petition: Petition) -> list[LikeGroup]:
    stored = StoredCase.objects.filter(petition=petition).order_by("pk").first()
    if stored is None:
        return []
    groups: dict[tuple[str, str], list[str]] = {}
    for other in _near(stored):
        groups.setdefault((other.outcome, other.docket), []).append(other.reference)
    found = [
        LikeGroup(f"{outcome}-{docket}", CaseOutcome(outcome), f"docket {docket}", tuple(references))
        for (outcome, docket), references in sorted(groups.items())
    ]
    if petition.hts10:
        named = in_force(exclusions_naming(petition.hts10), filing_day(petition.submitted_at, petition.created_at))
        if references := dict.fromkeys(item.reference for item in named):
            where = "exclusions of the number in force on the filing day"
            found.append(LikeGroup("exclusions", CaseOutcome.GRANTED, where, tuple(references)))
    return found


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
