"""Which chapter 99 headings exclusions of a list can be claimed under on a day, with the U.S. note of each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from exclusions import hts
from exclusions.models import ExclusionTerm, ListHeading, Round, TariffAction
from exclusions.models.exclusion import note_cited, subdivision


@dataclass(frozen=True, order=True)
class KnownHeading:
    """A plain heading and the letters of its subdivision of U.S. note 20 ("" where the round gives none)."""

    heading: str
    note: str

    @property
    def words(self) -> str:
        """Heading and note as they are printed."""
        return f"{hts.dotted(self.heading)}{f', note {note_cited(self.note)}' if self.note else ''}"


def known_headings(action: TariffAction, day: date) -> list[KnownHeading]:
    """Return the headings known for a list as of a day, in order.

    Those of its rounds whose exclusions have not all ended by then, those under which one of its exclusions is in
    force, and those that two persons confirmed. Three statements.
    """
    rounds = Round.objects.filter(actions=action)
    lasting = rounds.filter(~Q(term_rule=Round.TermRule.FIXED) | Q(term_ends_on__gte=day))
    in_force = ExclusionTerm.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        exclusion__action=action,
        status=ExclusionTerm.Status.PUBLISHED,
        valid_from__lte=day,
    )
    own = [round_.heading_for(action.code) for round_ in lasting]
    found = {KnownHeading(heading, subdivision(note)) for heading, note in own if heading}
    found |= {KnownHeading(heading, subdivision(note)) for heading, note in in_force.values_list("heading", "note")}
    new = ListHeading.objects.filter(action=action)
    found |= {KnownHeading(heading, note) for heading, note in new.values_list("heading", "note")}
    return sorted(found)
