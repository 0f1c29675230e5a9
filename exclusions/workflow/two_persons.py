"""Acts that need two persons: one member of staff proposes, another confirms. Which there are, and whose they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from exclusions.workflow.deadlines import eastern_date, end_of_day
from exclusions.workflow.roles import Role

GOOD_FOR: Final = timedelta(days=7)  # what nobody has confirmed by then has to be looked at anew
ORGANIZATION, USER, EXCLUSION, PETITION = "organization", "user", "exclusion", "petition"
NOTICE, LIST, LETTER_TEMPLATE = "notice", "list", "letter_template"
RECORD, ROUND = "record", "round"
TERMS = "terms"  # what is decided in a round that lists exclusions, by its short name


@dataclass(frozen=True)
class TwoPersonAct:
    """One act: its name (URL, event, form), its label, what it is done to, and who proposes and confirms it.

    `apart`: the two hold different ones of the roles; `first`: of these the one that proposes, where one alone does.
    `today`: it can be confirmed on the day of its proposal alone.
    """

    name: str
    label: str
    of: str
    roles: frozenset[Role]
    apart: bool = False
    first: Role | None = None
    today: bool = False

    def good_until(self, at: datetime) -> datetime:
        """Return until when a second person can confirm what is proposed at a moment (aware)."""
        week = at + GOOD_FOR
        return min(week, end_of_day(eastern_date(at))) if self.today else week


ADMINISTRATORS = frozenset({Role.ADMIN})
NOTICE_STAFF = frozenset({Role.PUBLISHER, Role.SIGNATORY})
VETTERS = frozenset({Role.INTAKE, Role.ADMIN})
# Counsel reads the whole case, so that one of the two knows what a text must not repeat.
CORRECTORS = frozenset({Role.PUBLISHER, Role.LEGAL})
CORRESPONDENTS = frozenset({Role.INTAKE, Role.SIGNATORY})
# Counsel answers for the law in a letter, the signatory for what is signed.
LETTER_AUTHORS = frozenset({Role.SIGNATORY, Role.LEGAL})
REOPENERS = frozenset({Role.SIGNATORY, Role.LEGAL})
# Intake says on which fact a case ends without its merits, counsel whether the law lets it.
CLOSERS = frozenset({Role.INTAKE, Role.LEGAL})

_ROWS = (
    TwoPersonAct("merge", "Merge two organizations", ORGANIZATION, ADMINISTRATORS),
    TwoPersonAct("vet", "Let the firm file for others", ORGANIZATION, VETTERS),
    TwoPersonAct("end_vetting", "Stop the firm filing for others", ORGANIZATION, VETTERS),
    TwoPersonAct("correct_kind", "Correct the kind of organization", ORGANIZATION, ADMINISTRATORS),
    TwoPersonAct("add_member", "Add a person", ORGANIZATION, ADMINISTRATORS),
    TwoPersonAct("change_member", "Change what a person is there", ORGANIZATION, ADMINISTRATORS),
    TwoPersonAct("remove_member", "Take a person out", ORGANIZATION, ADMINISTRATORS),
    TwoPersonAct("new_staff", "Make an account for a member of staff", USER, ADMINISTRATORS),
    TwoPersonAct("change_staff_role", "Give another staff role, or none", USER, ADMINISTRATORS),
    TwoPersonAct("change_lead", "Make someone lead of a team, or end that", USER, ADMINISTRATORS),
    TwoPersonAct("change_name", "Correct the name", USER, ADMINISTRATORS),
    TwoPersonAct("change_address", "Change the e-mail address", USER, ADMINISTRATORS),
    TwoPersonAct("reset_password", "End the password", USER, ADMINISTRATORS),
    TwoPersonAct("reset_second_factor", "End the second factors", USER, ADMINISTRATORS),
    TwoPersonAct("deactivate", "Close the account", USER, ADMINISTRATORS),
    TwoPersonAct("reactivate", "Open the account again", USER, ADMINISTRATORS),
    TwoPersonAct("undo_notice", "Take a notice back", NOTICE, NOTICE_STAFF, today=True),
    TwoPersonAct("new_heading", "Use a new heading for a list", LIST, NOTICE_STAFF),
    TwoPersonAct("change_list", "Change a list, its rates or its lines", LIST, ADMINISTRATORS),
    TwoPersonAct("change_dates", "Change the dates of a round", ROUND, ADMINISTRATORS),
    TwoPersonAct("keep_extension", "Confirm an extension after an outage", ROUND, ADMINISTRATORS),
    TwoPersonAct("correct_exclusion", "Correct what was published", EXCLUSION, CORRECTORS, apart=True),
    TwoPersonAct("amend_exclusion", "Amend an exclusion", EXCLUSION, CORRECTORS, apart=True),
    TwoPersonAct("reissue_letter", "Issue a new version of a letter", PETITION, CORRESPONDENTS, apart=True),
    TwoPersonAct("use_template", "Use a version of a letter’s template", LETTER_TEMPLATE, LETTER_AUTHORS, apart=True),
    TwoPersonAct("reopen_decision", "Reopen a signed decision", PETITION, REOPENERS, apart=True),
    TwoPersonAct("reopen_terms", "Reopen signed decisions on terms", TERMS, REOPENERS, apart=True),
    TwoPersonAct("seal_late", "Seal rows that have no seal", RECORD, ADMINISTRATORS),
    TwoPersonAct("close_incomplete", "Close a petition as incomplete", PETITION, CLOSERS, True, Role.INTAKE),
    TwoPersonAct("close_covered", "Close a petition as covered", PETITION, CLOSERS, True, Role.INTAKE),
    TwoPersonAct("close_duplicate", "Close a petition as a duplicate", PETITION, CLOSERS, True, Role.INTAKE),
)

ACTS: Final[dict[str, TwoPersonAct]] = {row.name: row for row in _ROWS}


# Who has something to propose or to confirm.
HAVE_ACTS: Final = frozenset(role for act in _ROWS for role in act.roles)


def acts_of(role: str, of: str = "") -> list[TwoPersonAct]:
    """Return the acts that a role proposes and confirms; of one kind of thing when `of` is given."""
    return [act for act in _ROWS if role in act.roles and of in ("", act.of)]
