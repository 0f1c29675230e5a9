"""The tables of the staff manual, drawn from the code that they describe, so that they cannot be out of date."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from exclusions.criteria import ADVERSE, ALL, DENIAL_REASONS, NARROWING_REASONS, RESULTS
from exclusions.models import Letter
from exclusions.permissions.conclusions import sentence_case
from exclusions.permissions.narrowing import BORNE_OUT_BY
from exclusions.queries.casework.targets import targets
from exclusions.wording.letter_kinds import KINDS
from exclusions.workflow.customs_grounds import GROUNDS
from exclusions.workflow.joint import JOINT
from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.states import STATUSES, Status, StatusRow
from exclusions.workflow.term_choices import Choice, Factor
from exclusions.workflow.transitions import TRANSITIONS, Transition, in_course
from exclusions.workflow.two_persons import ACTS, TwoPersonAct


@dataclass(frozen=True)
class Table:
    """A table of words: its caption, its headings, and its rows, a cell a heading."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """Each row as its cells, each with its heading."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


def _names(roles: Iterable[Role]) -> str:
    return ", ".join(role.label for role in Role if role in set(roles))


# What a code needs where a criterion of the round leads to it.
_ON_ITS_CRITERION = "A finding “{adverse}” on: {criteria}."
_NOTHING_MORE = "Only the reason in the decision."


def reason_codes() -> Table:
    """Return each code of a denial: what it says, and what it needs on the record."""
    adverse = "” or “".join(RESULTS[result] for result in RESULTS if result in ADVERSE)
    rows = []
    for code, words in DENIAL_REASONS.items():
        of_code = [criterion.title for criterion in ALL if criterion.denial_code == code]
        needs = _ON_ITS_CRITERION.format(adverse=adverse, criteria=", ".join(of_code)) if of_code else "A fact."
        rows.append((code, words, needs))
    return Table("Reasons for a denial", ("Code", "What the letter says", "What it needs"), tuple(rows))


def narrowing_codes() -> Table:
    """Return each code of a grant in part: what it says, and what it needs on the record."""
    rows = tuple(
        (code, words, sentence_case(BORNE_OUT_BY[code]) + "." if code in BORNE_OUT_BY else _NOTHING_MORE)
        for code, words in NARROWING_REASONS.items()
    )
    return Table("Reasons for a grant in part", ("Code", "What the letter says", "What it needs"), rows)


def criteria() -> Table:
    """Return each criterion with its question and the code that an adverse finding supports."""
    rows = tuple((one.title, one.question, one.denial_code) for one in ALL)
    return Table("Criteria", ("Criterion", "Question", "Code"), rows)


def _row(row: StatusRow, days: int) -> tuple[str, ...]:
    whose = row.worklist.label if isinstance(row.worklist, Role) else _elsewhere(row.status)
    return (str(row.status.label), whose, str(days), ", ".join(step.label for step in in_course(row.status)))


def _elsewhere(status: Status) -> str:
    return Role.CUSTOMS.label if status == Status.CUSTOMS else "The filer"


def statuses() -> Table:
    """Return each status in which somebody has work: whose, within how many days, and what leads on."""
    days = targets()
    rows = tuple(_row(row, days[status]) for status, row in STATUSES.items() if status in days)
    return Table("Where a case stands", ("Status", "Whose work", "Target, days", "What leads on"), rows)


def _step(row: Transition) -> tuple[str, ...]:
    where = ", ".join(str(status.label) for status in Status if status in row.sources)
    return (row.label, _names(row.roles - OWNERS), where, "Yes" if row.needs_reason else "No")


def steps(*names: str) -> Table:
    """Return these transitions: who takes each, from where, and whether it needs a reason."""
    rows = tuple(_step(TRANSITIONS[name]) for name in names)
    return Table("Steps", ("Step", "Who", "From", "Reason"), rows)


def joint_acts() -> Table:
    """Return what can be done for many cases at once, and whose it is."""
    rows = tuple((row.label, _names(row.places)) for row in JOINT.values() if row.places)
    return Table("Acts for many cases", ("Act", "Who"), rows)


def customs_grounds() -> Table:
    """Return on which grounds Customs objects to a text."""
    rows = tuple((label,) for of in GROUNDS.values() for label in of.values())
    return Table("Grounds of an objection", ("Ground",), rows)


def letters() -> Table:
    """Return each letter and what causes it."""
    labels = dict(Letter.Kind.choices)
    rows = tuple((str(labels[kind.key]), ", ".join(map(_cause, kind.causes))) for kind in KINDS.values())
    return Table("Letters", ("Letter", "Goes out after"), rows)


def _cause(name: str) -> str:
    if name in TRANSITIONS:
        return TRANSITIONS[name].label
    return ACTS[name].label if name in ACTS else name.replace("_", " ").capitalize()


def _act(act: TwoPersonAct) -> tuple[str, str, str]:
    apart = "Two different roles" if act.apart else "Two persons"
    return (act.label, _names(act.roles), f"{apart}; {act.first.label} proposes" if act.first else apart)


def two_person_acts() -> Table:
    """Return every act that needs two persons, and whose it is."""
    return Table("Acts of two persons", ("Act", "Who", "Needs"), tuple(_act(act) for act in ACTS.values()))


def term_choices() -> Table:
    """Return what can become of a listed exclusion."""
    says = {
        Choice.EXTEND: "Goes on without a gap. Give the last day only.",
        Choice.REINSTATE: "Comes back after a gap. Give the first and the last day.",
        Choice.LAPSE: "Ends. Give a last day only for a transition.",
    }
    return Table("Choices", ("Choice", "What it means"), tuple((str(one.label), says[one]) for one in Choice))


def term_factors() -> Table:
    """Return on what a decision on a term rests."""
    return Table("Factors", ("Factor",), tuple((str(one.label),) for one in Factor))


# Which tables each page shows, by the name under which its template includes them.
TABLES: Final[Mapping[str, Mapping[str, Callable[[], Table]]]] = {
    "first-day": {"statuses": statuses},
    "intake": {"steps": lambda: steps("post", "return", "close_incomplete", "close_covered", "close_duplicate")},
    "findings": {"criteria": criteria},
    "reason-codes": {"codes": reason_codes, "narrowing": narrowing_codes},
    "clusters": {"joint": joint_acts, "steps": lambda: steps("return_alike")},
    "product-texts": {
        "steps": lambda: steps("send_to_customs", "clear_text", "object_to_text", "withhold_text", "give_up_text"),
        "grounds": customs_grounds,
    },
    "signing": {
        "steps": lambda: steps(
            "clear_for_drafting", "clear_for_denial", "reopen", "assess", "grant", "grant_in_part", "deny", "remand",
            "reopen_decision",
        ),
    },
    "notices": {"steps": lambda: steps("publish", "undo_publication")},
    "letters": {"letters": letters},
    "terms": {"choices": term_choices, "factors": term_factors},
    "two-persons": {"acts": two_person_acts},
}  # fmt: skip


def tables_of(slug: str) -> dict[str, Table]:
    """Return the tables that a page of the manual shows, by name; {} where it shows none."""
    return {name: drawn() for name, drawn in TABLES.get(slug, {}).items()}
