"""Adding to the page of a decided petition: a like one is decided otherwise, or the decision that it names is reopened.

The page alone changes: the decision, its letter and its notices stay as they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from exclusions.actions.record.supplements.printing import hold_copies, print_supplements, supplemented_by
from exclusions.models import Decision, Outcome, Petition, Supplement
from exclusions.permissions.likes.groups import decided_likes
from exclusions.queries.casework.case.determinations import SetApart, distinctions


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
