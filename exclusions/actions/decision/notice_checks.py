"""What is wrong with a Federal Register notice as entered: in itself, against its list, its round and its day."""

from collections.abc import Iterable
from datetime import date, datetime

from exclusions import hts
from exclusions.checks.notice import CITATION, citation_fault, heading_fault, note_fault
from exclusions.days import in_full
from exclusions.errors import Incomplete
from exclusions.facts.headings import KnownHeading, known_headings
from exclusions.models import Exclusion, ExclusionTerm, Round, TariffAction
from exclusions.models.exclusion import note_cited, subdivision
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.terms import TermRule

# Volume 1 is of 1936; each year has the next one.
BEFORE_VOLUME_1 = 1935
FICTIONAL = " (fictional)"


def check_form(citation: str, note: str) -> None:
    """Raise Incomplete for a citation or note of another form: both are printed, and neither is a place for words."""
    if citation and (fault := citation_fault(citation)):
        raise Incomplete.beside("citation", fault)
    if note and (fault := note_fault(note)):
        raise Incomplete.beside("note", fault)


def check_day(published_on: date | None, at: datetime, *, signed: Iterable[datetime] = ()) -> date:
    """Return the day of a notice; raise Incomplete where it is missing, to come, or before a decision it publishes.

    `signed` are the moments of the decisions’ signatures.
    """
    if published_on is None:
        raise Incomplete.beside("published_on", "Give the date on which the notice was published.")
    if published_on > eastern_date(at):
        sentence = "The publication date is in the future. Publish when the notice is out."
        raise Incomplete.beside("published_on", sentence)
    last = max(map(eastern_date, signed), default=None)
    if last and published_on < last:
        sentence = f"The notice cannot be older than the decision, which was signed on {in_full(last)}."
        raise Incomplete.beside("published_on", sentence)
    return published_on


def check_citation(citation: str, published_on: date, action: TariffAction | None, *, demo: bool) -> None:
    """Raise Incomplete where citation, day and list do not go together. What is invented is marked, in a demonstration.

    A volume of the Federal Register is that of a year; one citation is of one day, and a notice entered
    without a draft is of one list, `action`.
    """
    found = CITATION.fullmatch(citation)
    if found is None:
        return
    if citation.endswith(FICTIONAL):
        if not demo:
            raise Incomplete.beside(
                "citation", "Only a demonstration may cite a fictional notice. Leave out “(fictional)”."
            )
        return
    volume = published_on.year - BEFORE_VOLUME_1
    if int(found["volume"]) != volume:
        sentence = f"{citation} is not of {published_on.year}: volume {volume} is. Check citation and date."
        raise Incomplete.beside("citation", sentence)
    same = ExclusionTerm.objects.filter(authority=citation, published_on__isnull=False)
    other = same.exclude(published_on=published_on).order_by("pk").first()
    if other and other.published_on:
        sentence = f"{citation} is on record as published on {in_full(other.published_on)}. Check citation and date."
        raise Incomplete.beside("published_on", sentence)
    if action is None:
        return
    of_others = same.filter(exclusion__origin=Exclusion.Origin.DECISION).exclude(exclusion__action=action)
    elsewhere = of_others.select_related("exclusion__action").order_by("pk").first()
    if elsewhere:
        sentence = f"{citation} is on record as the notice of {elsewhere.exclusion.action}. A notice covers one list."
        raise Incomplete.beside("citation", sentence)


def one_list(exclusions: Iterable[Exclusion]) -> TariffAction:
    """Return the list of the exclusions of these grants; raise Incomplete where they are of several."""
    actions = {exclusion.action_id: exclusion.action for exclusion in exclusions}
    if len(actions) != 1:
        names = ", ".join(sorted(map(str, actions.values())))
        raise Incomplete.beside(
            "cases", f"A notice covers one list. These cases belong to several: {names}. Publish them separately."
        )
    return next(iter(actions.values()))


def heading_of(text: str, note: str, action: TariffAction, round: Round, day: date) -> KnownHeading:
    """Return heading and note under which the list's exclusions are claimed from then on.

    `text` and `note` are what was entered, empty for those of the round. Raises Incomplete for a heading that is not
    known for the list as of the day, and for a note that is not the heading's.
    """
    heading, of_round = round.heading_for(action.code)
    plain = _plain(text or heading)
    known = known_headings(action, day)
    of_it = [one for one in known if one.heading == plain]
    if not of_it:
        others = "; ".join(one.citation for one in known) or "none"
        sentence = (
            f"{hts.dotted(plain)} is not a heading for exclusions of {action} as of {in_full(day)}. "
            f"Known: {others}. A second person must confirm a new one first."
        )
        raise Incomplete.beside("heading", sentence)
    wanted = subdivision(note)
    fitting = [one for one in of_it if one.note in ("", wanted)] if wanted else of_it
    if not fitting:
        right = " or ".join(note_cited(one.note) for one in of_it)
        raise Incomplete.beside("note", f"Heading {hts.dotted(plain)} is in note {right}, not in {note_cited(wanted)}.")
    own = next((one for one in fitting if one.note == subdivision(of_round)), fitting[0])
    return KnownHeading(plain, wanted or own.note)


def check_last_day(ends_on: date | None, round: Round) -> None:
    """Raise Incomplete where the notice has to give the last day and does not, or the round gives it already."""
    if round.term_rule == TermRule.NOTICE and ends_on is None:
        raise Incomplete.beside("ends_on", "The notice sets the last day of these exclusions. Enter it.")
    if round.term_rule != TermRule.NOTICE and ends_on is not None:
        rule = round.get_term_rule_display().lower()
        fixed = f", {in_full(round.term_ends_on)}" if round.term_rule == TermRule.FIXED and round.term_ends_on else ""
        sentence = f"The round sets the last day of its exclusions ({rule}{fixed}). Leave this empty."
        raise Incomplete.beside("ends_on", sentence)


def _plain(text: str) -> str:
    if fault := heading_fault(text):
        raise Incomplete.beside("heading", fault)
    return hts.parse(text, digits=(8,)).plain
