"""Which cases are like one: one truth for the gates that compare results, for page and record.

*Like* are the cases of the same cluster, and those of like text on the same 8 digits, live and historical. The store's
keys leave the few cases that share one with it, and `exclusions.likeness` compares those.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import BooleanField, Count, JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from exclusions import likeness
from exclusions.likeness.cases import Kind
from exclusions.models import Cluster, ClusterMember, StoredCase, StoredKey


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
