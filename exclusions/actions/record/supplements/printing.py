"""Printing what was added since a decision into public copies, from its rows.

What a row cites is printed as far as it is public, and a decision that was reopened since is said to be.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from exclusions.days import in_full
from exclusions.models import Decision, DocketVersion, Petition, PublicPetition, Reopening, Supplement
from exclusions.permissions.likes.cited import Cited, fallen
from exclusions.permissions.likes.groups import SHOWN_REFERENCES
from exclusions.permissions.likes.recommended import RESULT
from exclusions.queries.casework.case.determinations import DEPARTS, THEIRS
from exclusions.queries.casework.clusters.quoted import quotations
from exclusions.queries.record.taken_down import down_of_each, in_its_place, words_in_place
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import Kind


def hold_copies(names: Iterable[str]) -> None:
    """Lock the public copies of these petitions, in one order: those that write several never wait for each other."""
    rows = PublicPetition.objects.select_for_update().filter(reference__in=set(names)).order_by("reference")
    list(rows.values_list("pk"))


def supplemented_by(petition: Petition) -> set[str]:
    """Return the references of the petitions whose supplements may cite this one, or tell of its decisions."""
    moments = set(Supplement.objects.filter(petition=petition).values_list("made_at", flat=True))
    decided = Decision.versions.filter(petition=petition).order_by("version")
    moments |= set(decided.values_list("signed_at", flat=True))
    again = Reopening.objects.filter(decision__in=decided.order_by())
    moments |= set(again.values_list("reopened_at", flat=True))
    if not moments:
        return set()
    about = Supplement.objects.filter(made_at__in=moments).order_by("pk")
    return {str(name) for name in about.values_list("petition__reference", flat=True)}


def print_supplements(names: Iterable[str], *, at: datetime) -> None:
    """Write the supplements of these petitions into their public copies, where they have any."""
    wanted = set(names)
    rows = Supplement.objects.filter(petition__reference__in=wanted)
    if not wanted or not rows.exists():
        return
    hold_copies(wanted)  # what others wrote until now is read below
    alike: dict[str, list[str]] = {}
    for name, printed in _printed(wanted).items():
        alike.setdefault(json.dumps(printed), []).append(name)
    for text, those in alike.items():
        PublicPetition.objects.filter(reference__in=those).update(supplements=json.loads(text), updated_at=at)
    DocketVersion.advance()


def print_on(copy: PublicPetition) -> None:
    """Write into one public copy, which is locked, what is added to it now; nothing where that stands there."""
    printed = _printed({copy.reference}).get(copy.reference, [])
    if printed != copy.supplements:
        copy.supplements = printed
        copy.save(update_fields=["supplements"])


def _printed(names: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return what is added to these petitions, by reference, the first first; one statement where nothing is."""
    rows = Supplement.objects.filter(petition__reference__in=names).order_by("made_at", "pk")
    found = list(rows.select_related("petition", "decision__petition"))
    told: dict[str, list[dict[str, Any]]] = {}
    if found:
        printing = _Printing(found)
        for row in found:
            told.setdefault(str(row.petition.reference), []).append(printing.row(row))
    return told


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
        cites = {one for row in rows for one in Cited.in_quotes(_explanation_of(row))}
        self._quoted = quotations(cites - fallen(cites))

    def row(self, row: Supplement) -> dict[str, Any]:
        """Return one supplement as the public copy has it."""
        said = _explanation_of(row)
        about = {str(row.petition.reference), *row.references}
        reasons = self._reasons(row) if said else ""
        stands = reasons == str(said.get("reasons", ""))  # else the words were taken down
        return {
            "on": eastern_date(row.made_at).isoformat(),
            "references": row.references,
            "words": _in_words(row, said),
            "reasons": reasons,
            "quotes": [
                {"label": f"{one.reference}, {one.words}", "value": self._quoted[one]}
                for one in Cited.in_quotes(said)
                if stands and one in self._quoted and one.reference in about
            ],
            "since": " ".join(self._ended(row)),
        }

    def _reasons(self, row: Supplement) -> str:
        home = row.decision.petition
        down, signed = self._down[home.pk], self._signed[str(home.reference)]
        if whole := down.quarantine_of(Kind.PETITION):
            return in_its_place(whole)
        return words_in_place(row.decision, signed, down, Kind.EXPLANATION, row.explanation)

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


def _explanation_of(row: Supplement) -> Mapping[str, Any]:
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
