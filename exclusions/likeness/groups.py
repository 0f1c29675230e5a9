"""Cases of one product, drawn together: all at once, or one new case beside the groups of its number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from exclusions.likeness.cases import Kind, Row
from exclusions.likeness.near import Grade, Verdict

# How many neighbours are looked at, for the words that say why a case stands apart.
_NEIGHBOURS = 40
_LIKE_ENOUGH = 0.5
LONGEST_BASIS = 300  # characters that a table of clusters holds


@dataclass(frozen=True)
class Group:
    """Cases of one product: the head, then the others by reference. `why` says each one's own basis, in that order.

    `basis` says what makes them one; `apart`, of one alone, why it is. A group read from tables needs members alone.
    """

    members: tuple[Row, ...]
    basis: str = ""
    apart: str = ""
    why: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Placement:
    """Where a new case belongs: the group and the basis, or no group and why the case stands apart."""

    group: Group | None
    basis: str = ""
    apart: str = ""


@dataclass
class _Kept:
    """The rows of one kind."""

    kind: Kind
    rows: list[Row]


def whole_words(basis: str) -> str:
    """Return what of a basis a table holds: whole words, never the half of one."""
    return shorten(basis, LONGEST_BASIS, placeholder=" …")


def propose(rows: Iterable[Row]) -> list[Group]:
    """Return the cases as groups of one product each; every case is in one, whatever the order of the rows.

    Each member is near to each other one, so that no chain of small steps joins unlike goods. References are unique.
    """
    by_number: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_number[row.hts10].append(row)
    return [group for number in sorted(by_number) for group in _of_one_number(by_number[number])]


def place(row: Row, groups: Sequence[Group]) -> Placement:
    """Return the group that a new case belongs to: the nearest of these, the largest of the nearest.

    It has to be near to every member. Groups of other numbers are passed over.
    """
    new = Kind.from_row(row)
    beside = [(group, _kinds(group)) for group in groups if _shares_number(row, group)]
    best, found = (Grade.APART, 0, ""), Placement(None)
    for group, kinds in beside:
        verdict = _farthest(new, kinds)
        rank = (verdict.grade, len(group.members), group.members[0].reference)
        if verdict.near and rank > best:
            best, found = rank, Placement(group, basis=verdict.why)
    if found.group:
        return found
    heads = _Heads([(group.members[0], kinds) for group, kinds in beside])
    return Placement(None, apart=heads.why_apart(new))


def alike(one: Row, other: Row) -> str:
    """Return why two cases are alike, which asks for like answers: near text on the same 8 digits; "" otherwise."""
    if len(one.hts10) < 8 or one.hts10[:8] != other.hts10[:8]:
        return ""
    verdict = Kind.from_row(one).near(Kind.from_row(other))
    return verdict.why if verdict.near else ""


def _kinds(group: Group) -> list[Kind]:
    kinds = [Kind.from_row(member) for member in group.members]
    return list(dict.fromkeys(kinds)) if len(kinds) > 1 else kinds


def _shares_number(row: Row, group: Group) -> bool:
    return bool(group.members) and all(member.hts10 == row.hts10 for member in group.members)


def _farthest(new: Kind, kinds: Iterable[Kind]) -> Verdict:
    """Return the verdict on the kind that is least near; the first that stands apart will do."""
    least = None
    for kind in kinds:
        verdict = new.near(kind)
        if not verdict.near:
            return verdict
        if least is None or verdict.grade < least.grade:
            least = verdict
    return least or Verdict(Grade.APART, "")


def _of_one_number(rows: list[Row]) -> list[Group]:
    by_kind: dict[Kind, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.reference):
        by_kind.setdefault(Kind.from_row(row), []).append(row)
    kept = [_Kept(kind, members) for kind, members in by_kind.items()]
    kept.sort(key=lambda each: (-len(each.rows), each.rows[0].reference))
    linked: list[list[_Kept]] = []
    found: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for each in kept:
        keys = set(each.kind.keys())
        home = _nearest(each.kind, linked, set().union(*(found[key] for key in keys)))
        if home is None:
            home = len(linked)
            linked.append([])
        linked[home].append(each)
        for key in keys:
            found[key].add(home)
    heads = _Heads([(group[0].rows[0], [each.kind for each in group]) for group in linked])
    return [_group(group, heads) for group in linked]


def _nearest(kind: Kind, linked: list[list[_Kept]], candidates: set[int]) -> int | None:
    best, home = (Grade.APART, 0), None
    for index in sorted(candidates):
        verdict = _farthest(kind, (each.kind for each in linked[index]))
        rank = (verdict.grade, sum(len(each.rows) for each in linked[index]))
        if verdict.near and rank > best:
            best, home = rank, index
    return home


def _group(linked: list[_Kept], heads: "_Heads") -> Group:
    head = linked[0]
    if len(linked) == 1 and len(head.rows) == 1:
        return Group((head.rows[0],), apart=heads.why_apart(head.kind))
    verdicts = [(each, head.kind.near(each.kind)) for each in linked]
    why = {row.reference: verdict.why for each, verdict in verdicts for row in each.rows}
    others = sorted((row for each in linked for row in each.rows), key=lambda row: row.reference)
    members = (head.rows[0], *(row for row in others if row is not head.rows[0]))
    bases = dict.fromkeys(
        verdict.why
        for each, verdict in sorted(verdicts, key=lambda pair: -pair[1].grade)
        if each is not head or len(each.rows) > 1
    )
    return Group(members, basis="; ".join(bases), why=tuple(why[row.reference] for row in members))


class _Heads:
    """The groups of one number by the words of their heads: which of them a lonely case is most like."""

    def __init__(self, heads: list[tuple[Row, list[Kind]]]) -> None:
        self.heads = heads
        self.by_word: defaultdict[str, list[int]] = defaultdict(list)
        for index, (_, kinds) in enumerate(heads):
            for word in set(kinds[0].said.words):
                self.by_word[word].append(index)

    def why_apart(self, kind: Kind) -> str:
        """Return why a case of a kind stands alone, beside the group that is most like it."""
        if not kind.said.says:
            return "no product is named"
        if kind.said.only_a_code:
            return "a part number alone: unlike ones are not joined for being spelled alike"
        words = set(kind.said.words)
        best, told = _LIKE_ENOUGH, ""
        for index in self._sharing(words, kind):
            row, kinds = self.heads[index]
            verdict = _farthest(kind, kinds)
            theirs = set(kinds[0].said.words)
            share = len(words & theirs) / len(words | theirs)
            if share >= best and not (told and share == best):
                best, told = share, f"apart from {row.reference} “{row.product}”: {verdict.why}"
        return told or "no other case of the number is named like it"

    def _sharing(self, words: set[str], kind: Kind) -> list[int]:
        postings = [self.by_word[word] for word in words if word in self.by_word]
        found = {index for posting in postings for index in posting[:_NEIGHBOURS]}
        return [index for index in sorted(found) if kind not in self.heads[index][1]]
