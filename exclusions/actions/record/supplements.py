"""What is added to the public page of a decided petition when a like one is decided otherwise, or that is reopened.

The page alone changes: the decision, its letter and its notices stay as they were. What is added is kept as rows, and
printed into the public copy from there: what a row cites is printed as far as it is public, and a decision that was
reopened since is said to be.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exclusions.days import in_full
from exclusions.models import Decision, DocketVersion, Outcome, Petition, PublicPetition, Supplement
from exclusions.permissions.likes.cited import Cited, fallen
from exclusions.permissions.likes.groups import SHOWN_REFERENCES, decided_likes
from exclusions.permissions.likes.recommended import RESULT
from exclusions.queries.casework.case.determinations import DEPARTS, THEIRS, SetApart, distinctions
from exclusions.queries.record.quotes import quotations
from exclusions.queries.record.taken_down import down_of_each, in_its_place, words_in_place
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import Kind


@dataclass
class Supplementing:
    """What is to be added on behalf of decisions that are signed in one transaction."""

    _made: dict[tuple[str, str, str], list[tuple[Decision, str]]] = field(default_factory=dict)
    _again: list[Petition] = field(default_factory=list)

    def add(self, decision: Decision, apart: Iterable[SetApart]) -> None:
        """Note which like petitions a decision names that were decided otherwise before."""
        for one in apart:
            for name in one.live:
                self._made.setdefault((name, one.title, one.reasons), []).append((decision, one.key))
        if decision.version > 1:
            self._again.append(decision.petition)

    def hold(self, petitions: Iterable[Petition]) -> None:
        """Lock the copies of the petitions that are decided and of those that are named, where any is."""
        if self._made or self._again:
            hold_copies([name for name, _, _ in self._made] + [str(petition.reference) for petition in petitions])

    def write(self, *, at: datetime) -> None:
        """Keep what was noted, and print it on the pages; none of it where nothing was. The decisions are there."""
        names = {name for name, _, _ in self._made}
        keys = dict(Petition.objects.filter(reference__in=names).values_list("reference", "pk")) if names else {}
        Supplement.objects.bulk_create(
            [
                Supplement(
                    petition_id=keys[name],
                    decision=made[0][0],
                    explanation=made[0][1],
                    references=[str(decision.petition.reference) for decision, _ in made],
                    made_at=at,
                )
                for (name, _, _), made in self._made.items()
            ],
            batch_size=500,
        )
        for petition in self._again:
            names |= supplemented_by(petition)
        print_supplements(names, at=at)


def set_apart(petition: Petition, outcome: Outcome) -> list[SetApart]:
    """Return what a decision says of decided like cases with another result; call it before anything is written.

    The copies of the petition and of those that it names are locked by then.
    """
    found = distinctions(petition, outcome)
    if names := {name for one in found for name in one.live}:
        hold_copies({*names, str(petition.reference)})
    return found


def hold_copies(references: Iterable[str]) -> None:
    """Lock the public copies of these petitions, in one order: those that write several never wait for each other."""
    rows = PublicPetition.objects.select_for_update().filter(reference__in=set(references)).order_by("reference")
    list(rows.values_list("pk"))


def hold_naming(decision: Decision) -> list[Petition]:
    """Return the like petitions whose decisions name this one, whose copies are locked by then, and those that tell of
    it in a supplement.
    """
    petition = decision.petition
    like = [name for group in decided_likes(petition) for name in group.live]
    stand = Decision.objects.filter(petition__reference__in=like).order_by("petition__reference")
    naming = [row.petition for row in stand.select_related("petition") if _names(row, str(petition.reference))]
    names = {str(one.reference) for one in naming} | supplemented_by(petition)
    if names:
        hold_copies({*names, str(petition.reference)})
    return naming


def note_reopening(decision: Decision, naming: Iterable[Petition], *, at: datetime) -> None:
    """Say on the pages of these petitions that the decision was reopened, and in the supplements that tell of it."""
    petition, named = decision.petition, list(naming)
    rows = [
        Supplement(petition=one, decision=decision, references=[str(petition.reference)], made_at=at) for one in named
    ]
    Supplement.objects.bulk_create(rows)
    print_supplements({str(one.reference) for one in named} | supplemented_by(petition), at=at)


def _names(decision: Decision, reference: str) -> bool:
    return any(said["key"].startswith("consistency-") and reference in said["words"] for said in decision.explanations)


def supplemented_by(petition: Petition) -> set[str]:
    """Return the references of the petitions whose supplements may cite this one, or tell of its decisions."""
    moments = set(Supplement.objects.filter(petition=petition).values_list("made_at", flat=True))
    decided = Decision.versions.filter(petition=petition).order_by("version")
    for pair in decided.values_list("signed_at", "reopening__reopened_at"):
        moments.update(moment for moment in pair if moment is not None)
    if not moments:
        return set()
    about = Supplement.objects.filter(made_at__in=moments).order_by("pk")
    return {str(name) for name in about.values_list("petition__reference", flat=True)}


def print_supplements(references: Iterable[str], *, at: datetime) -> None:
    """Write the supplements of these petitions into their public copies, where they have any."""
    wanted = set(references)
    rows = Supplement.objects.filter(petition__reference__in=wanted).order_by("made_at", "pk")
    if not wanted or not rows.exists():
        return
    hold_copies(wanted)  # what others wrote until now is read below
    found = list(rows.select_related("petition", "decision__petition"))
    printing = _Printing(found)
    told: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        told.setdefault(str(row.petition.reference), []).append(printing.row(row))
    alike: dict[str, list[str]] = {}
    for name, printed in told.items():
        alike.setdefault(json.dumps(printed), []).append(name)
    for text, names in alike.items():
        PublicPetition.objects.filter(reference__in=names).update(supplements=json.loads(text), updated_at=at)
    DocketVersion.advance()


class _Printing:
    """What supplements tell, read once for all of them."""

    def __init__(self, rows: Sequence[Supplement]) -> None:
        names = {name for row in rows for name in row.references}
        mine = {str(row.petition.reference) for row in rows}
        signed = Decision.versions.filter(petition__reference__in=names | mine).order_by("version")
        self._signed: dict[str, list[Decision]] = {}
        for one in signed.select_related("petition", "reopening"):
            self._signed.setdefault(str(one.petition.reference), []).append(one)
        self._down = down_of_each({row.decision.petition_id for row in rows})
        cites = {one for row in rows for one in Cited.in_quotes(_said(row))}
        self._quoted = quotations(cites - fallen(cites))

    def row(self, row: Supplement) -> dict[str, Any]:
        """Return one supplement as the public copy has it."""
        said = _said(row)
        about = {str(row.petition.reference), *row.references}
        return {
            "on": eastern_date(row.made_at).isoformat(),
            "references": row.references,
            "words": _in_words(row, said),
            "reasons": self._reasons(row) if said else "",
            "quotes": [
                {"label": f"{one.reference}, {one.words}", "value": self._quoted[one]}
                for one in Cited.in_quotes(said)
                if one in self._quoted and one.reference in about and not self._is_down(row)
            ],
            "since": " ".join(self._ended(row)),
        }

    def _reasons(self, row: Supplement) -> str:
        home = row.decision.petition
        down, signed = self._down[home.pk], self._signed[str(home.reference)]
        if whole := down.quarantine_of(Kind.PETITION):
            return in_its_place(whole)
        return words_in_place(row.decision, signed, down, Kind.EXPLANATION, row.explanation)

    def _is_down(self, row: Supplement) -> bool:
        return self._reasons(row) != str(_said(row).get("reasons", ""))

    def _ended(self, row: Supplement) -> list[str]:
        """Return what became of the decisions since: of those that are named, and of the one that is supplemented."""
        told = []
        for name in row.references:
            signed = self._signed.get(name, [])
            about = [one for one in signed if hasattr(one, "reopening") and one.signed_at <= row.made_at]
            stands = next((one for one in signed if not hasattr(one, "reopening")), None)
            if about and row.explanation and about[-1].signed_at == row.made_at:
                told.append(f"The decision on {name} was reopened on {_day(about[-1].reopening.reopened_at)}.")
            if about and stands and stands.signed_at > row.made_at:
                told.append(f"{name} was decided again on {_day(stands.signed_at)}: {_result(stands)}.")
        own = [one for one in self._signed.get(str(row.petition.reference), []) if one.signed_at <= row.made_at]
        if own and hasattr(own[-1], "reopening"):
            told.append(f"The decision on this petition was reopened on {_day(own[-1].reopening.reopened_at)}.")
        return told


def _result(decision: Decision) -> str:
    return RESULT[decision.outcome].label.lower()


def _day(moment: datetime) -> str:
    return in_full(eastern_date(moment))


def _said(row: Supplement) -> Mapping[str, Any]:
    """Return what the decision says in the words that a supplement repeats."""
    rows = (said for said in row.decision.explanations if said["key"] == row.explanation)
    return next(rows, {}) if row.explanation else {}


def _in_words(row: Supplement, said: Mapping[str, Any]) -> str:
    shown, more = row.references[:SHOWN_REFERENCES], len(row.references) - SHOWN_REFERENCES
    names = f"{', '.join(shown)}{f' and {more:,} more' if more > 0 else ''}"
    if not said:
        return f"The decision on {names}, which this decision names, was reopened."
    several, decided = len(row.references) > 1, f"decided otherwise ({_result(row.decision)})"
    if said["title"] == DEPARTS:
        return f"{names}, {decided}, {'depart' if several else 'departs'} from this decision. The reason:"
    if said["title"] == THEIRS:
        return f"{names} {'were' if several else 'was'} {decided}. This petition is set apart by:"
    return f"{names}, {decided}, {'are' if several else 'is'} set apart by:"
