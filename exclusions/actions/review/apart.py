"""What sets a case apart from like ones: words, and what shows it on the record of either side."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from exclusions.actions.record.disclosure_checks import look_through
from exclusions.errors import Repeats
from exclusions.models import Petition, User
from exclusions.permissions.consistency import ALL
from exclusions.permissions.likes.cited import REFERENCE, ROW, TEXT, Cited, fallen
from exclusions.permissions.likes.departing import may_be_departed_from
from exclusions.permissions.likes.groups import SHOWN_REFERENCES, LikeGroup
from exclusions.permissions.standing import standings
from exclusions.queries.casework.case.evidence import OF_FORM
from exclusions.queries.casework.case.passages import Passage, cited
from exclusions.queries.casework.other_cases import OtherCases

MOST_TRIED = 10  # like cases among which the first that differs is looked for, where none is named


@dataclass(frozen=True)
class Apart:
    """What was entered, by the key of the group; "" is for each group that has none of its own.

    `ours` are citations of the case's own public record. `theirs` is what is cited of a like case: a reference, “|”, a
    citation. Either may be left out: it is the first of the group that differs, the same question as the first of ours.
    Of a historical case its row is cited, of an exclusion its text. `departs` are the keys of groups from whose
    decisions the case departs: the words say why, and nothing is cited. What is no decision yet, or an exclusion in
    force, is not departed from: it is set apart by what is cited, beside the departure from the others.
    """

    words: Mapping[str, str]
    ours: Mapping[str, Sequence[str]] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    departs: Collection[str] = ()

    def chosen_for(self, group: LikeGroup) -> tuple[Sequence[str], str]:
        """Return what is cited for a group on either side."""
        return (
            [one for one in self.ours.get(group.key) or self.ours.get("") or () if one],
            self.theirs.get(group.key) or self.theirs.get("") or "",
        )

    def departs_from(self, group: LikeGroup) -> bool:
        """Say whether the case departs from what was decided of a group."""
        return may_be_departed_from(group) and self.says_to_depart(group)

    def says_to_depart(self, group: LikeGroup) -> bool:
        """Say whether the departure was ticked for a group, by itself or with all others."""
        return (group.key if (self.words.get(group.key) or "").strip() else "") in self.departs

    def place(self, group: LikeGroup, side: str) -> str:
        """Return the name of the field in which a side was, or was not, chosen: "ours", "theirs" or "way"."""
        own = (self.words.get(group.key) or "").strip()
        return f"{side}-{group.key}" if own else side


@dataclass
class _Faulty(Exception):
    side: str
    sentence: str


def citations(
    petition: Petition,
    groups: Iterable[LikeGroup],
    apart: Apart,
    own: Mapping[str, Passage],
    others: OtherCases,
) -> tuple[dict[str, list[Cited]], dict[str, list[str]]]:
    """Return what is cited for each of these groups, by its key; and what is wrong with it, by field.

    `own` is what is public of the petition.
    """
    found: dict[str, list[Cited]] = {}
    faults: dict[str, list[str]] = {}
    for group in groups:
        try:
            found[group.key] = _of_group(petition, group, apart, own, others)
        except _Faulty as wrong:
            faults.setdefault(apart.place(group, wrong.side), []).append(wrong.sentence)
    return found, faults


def _of_group(
    petition: Petition, group: LikeGroup, apart: Apart, own: Mapping[str, Passage], others: OtherCases
) -> list[Cited]:
    if apart.departs_from(group):
        return []
    wanted, theirs = apart.chosen_for(group)
    if not wanted and apart.says_to_depart(group):
        what = "is not decided yet" if group.recommended else "is no decision on a petition"
        sentence = f"{group.label}: this {what}, and no case departs from it. Cite beside it what sets the case apart."
        raise _Faulty("way", sentence)
    if not wanted:
        raise _Faulty("ours", f"{group.label}: choose the passage of this record that shows what you say.")
    ours = cited(own, wanted)
    if len(ours) < len(wanted):
        known = {one.citation for one in ours}
        missing = ", ".join(name for name in wanted if name not in known)
        raise _Faulty("ours", f"Not on the public record of this petition: {missing}. Choose another passage.")
    mine = [Cited(str(petition.reference), one.citation, one.words) for one in ours]
    other = _theirs(group, ours, theirs, own, others)
    gone = fallen([*mine, other])
    if gone:
        sides = "theirs" if other in gone else "ours"
        told = "; ".join(one.as_read_on(str(petition.reference)) for one in [*mine, other] if one in gone)
        raise _Faulty(sides, f"This was taken down, and shows nothing any more: {told}. Choose another passage.")
    return [*mine, other]


def _theirs(
    group: LikeGroup, ours: Sequence[Passage], wanted: str, own: Mapping[str, Passage], others: OtherCases
) -> Cited:
    named, _, citation = wanted.rpartition("|") if "|" in wanted or ":" in wanted else (wanted, "", "")
    if named and named not in group.references:
        raise _Faulty("theirs", f"{named} is not among these like cases: {group.label}. Choose one of them.")
    if not group.docket:
        return Cited(named or group.references[0], TEXT, "its text")
    live = [name for name in group.references if name in group.live]
    if (named and named not in group.live) or not live:
        return _row_of(group, named, ours, others)
    faults = []
    for name in [named] if named else live[:MOST_TRIED]:
        try:
            return _passage_of(name, citation, ours, own, others)
        except _Faulty as wrong:
            faults.append(wrong)
    raise faults[0]


def _row_of(group: LikeGroup, named: str, ours: Sequence[Passage], others: OtherCases) -> Cited:
    """Return the row of a historical case; a passage that says no more than the row names its product tells nothing."""
    name = named or group.references[0]
    if all(_plain(one.text) == _plain(others.product(name)) for one in ours):
        raise _Faulty("ours", f"The row of {name} says the same. Choose a passage in which the two cases differ.")
    return Cited(name, ROW, "its row on the docket")


def _passage_of(
    name: str, citation: str, ours: Sequence[Passage], own: Mapping[str, Passage], others: OtherCases
) -> Cited:
    """Return a passage of a like petition; what both sides share sets neither apart."""
    passages = others.passages(name)
    wanted = citation or ours[0].citation
    if not citation and not wanted.startswith(OF_FORM):
        raise _Faulty("theirs", f"Choose what the record of {name} shows. It has no passage of that name.")
    there = _same_question(passages, wanted) if wanted.startswith(OF_FORM) else passages.get(wanted)
    if there is None or wanted.startswith("document:"):
        raise _Faulty("theirs", f"The public record of {name} has no such passage: {wanted}. Choose another.")
    shared = [one for one in ours if _same(one, _same_question(passages, one.citation))]
    if len(shared) == len(ours) or _same(there, _same_question(own, there.citation)):
        words = (shared[0] if len(shared) == len(ours) else there).words
        raise _Faulty(
            "ours" if len(shared) == len(ours) else "theirs",
            f"{name} says the same under “{words}”. Choose a passage in which the two cases differ.",
        )
    return Cited(name, there.citation, there.words)


def _same_question(passages: Mapping[str, Passage], citation: str) -> Passage | None:
    """Return the answer to the question of a citation, or that there is none; of a response nothing."""
    if not citation.startswith(OF_FORM):
        return None
    key = citation.partition(":")[2]
    return next((passages[name] for lead in OF_FORM if (name := f"{lead}{key}") in passages), None)


def _same(one: Passage, other: Passage | None) -> bool:
    return other is not None and _plain(one.text) == _plain(other.text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def look_through_named(
    petition: Petition,
    groups: Iterable[LikeGroup],
    said: Mapping[str, str],
    cites: Mapping[str, Sequence[Cited]],
    others: OtherCases,
    *,
    by: User,
    at: datetime,
) -> None:
    """Raise Repeats where words repeat what was given in confidence in another case than the petition that they name or
    are about.

    Those are the cited cases, those whose references stand in the words, and those that the published line names.
    """
    named: dict[str, dict[str, None]] = {}
    for group in groups:
        words = said[group.key]
        told = [one.reference for one in cites.get(group.key, ())]
        about = [name for name in group.references[:SHOWN_REFERENCES] if name in group.live]
        named.setdefault(words, {}).update(dict.fromkeys([*told, *about, *REFERENCE.findall(words)]))
    for words, references in named.items():
        new = others.to_look_through(words, [name for name in references if name != petition.reference])
        secrets, live = others.secrets(new), others.live(new)
        of_each = standings(by, live.values(), at) if live else {}
        for name, other in live.items():
            try:
                look_through(
                    "consistency", other, {ALL: words}, by=by, at=at, standing=of_each[other.pk], secrets=secrets[name]
                )
            except Repeats as found:
                raise Repeats(
                    *(f"{name}: {said}" for said in found.reasons),
                    fields={ALL: [f"{name}: {said}" for said in found.reasons]},
                    plain=[f"{name}: {said}" for said in found.plain],
                ) from found
