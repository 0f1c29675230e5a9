"""Letters on what a later notice changes of an exclusion, to everybody whose petition it answers."""

from datetime import datetime

from exclusions.actions.record.letters import correction_letter
from exclusions.models import Decision, Exclusion, Letter
from exclusions.workflow.states import Status


def tell_anew(exclusion: Exclusion, what: str, *, at: datetime) -> list[Letter]:
    """Issue a letter that takes the place of what the publication told, on each petition; return them.

    `what` says what changes, by which authority and why; everybody may read it. Workers set the letters.
    """
    grants = Decision.objects.filter(exclusion=exclusion, petition__status=Status.PUBLISHED)
    of_it = ("exclusion__action", "petition__round", "petition__organization")
    found = [
        correction_letter(decision, what=what.strip()[:1000], at=at)
        for decision in grants.select_related(*of_it).order_by("petition__reference")
    ]
    return [letter for letter in found if letter]
