"""Which chapter 99 headings exclusions of a list can be claimed under on a day, with the U.S. note of each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from exclusions import hts
from exclusions.models import ExclusionTerm, ListHeading, Round, TariffAction
from exclusions.models.exclusion import note_cited, subdivision


@dataclass(frozen=True, order=True)
class KnownHeading:
    """A plain heading and the letters of its subdivision of U.S. note 20 ("" where the round gives none)."""

    heading: str
    note: str

    @property
    def citation(self) -> str:
        """The heading with its note, as a notice cites them: “9903.88.67, note 20(ttt)(iii)”."""
        return f"{hts.dotted(self.heading)}{f', note {note_cited(self.note)}' if self.note else ''}"


def known_headings(action: TariffAction, day: date) -> list[KnownHeading]:
    """Return the headings known for a list as of a day, in order. Three statements."""
    return headings_of_lists([action], day)[action]


def headings_of_lists(actions: Collection[TariffAction], day: date) -> dict[TariffAction, list[KnownHeading]]:
    """Return, for each list, the headings known for it as of a day, in order. Three statements, however many lists.

    Those of its rounds whose exclusions have not all ended by then, those under which one of its exclusions is in
    force, and those that two persons confirmed.
    """
    of_key: dict[int, set[KnownHeading]] = {action.pk: set() for action in actions}
    codes = {action.pk: action.code for action in actions}
    rounds = Round.objects.filter(actions__in=of_key).annotate(of_list=F("actions"))
    for round_ in rounds.filter(~Q(term_rule=Round.TermRule.FIXED) | Q(term_ends_on__gte=day)):
        key = vars(round_)["of_list"]
        heading, note = round_.heading_for(codes[key])
        if heading:
            of_key[key].add(KnownHeading(heading, subdivision(note)))
    in_force = ExclusionTerm.objects.filter(exclusion__action__in=of_key).in_force(day)
    for key, heading, note in in_force.values_list("exclusion__action", "heading", "note").order_by().distinct():
        of_key[key].add(KnownHeading(heading, subdivision(note)))
    for new in ListHeading.objects.filter(action__in=of_key):
        of_key[new.action_id].add(KnownHeading(new.heading, new.note))
    return {action: sorted(of_key[action.pk]) for action in actions}
