"""Who holds which duty, stated a second time and independently of the tables in `exclusions/workflow`.

Each is the whole table: a row that is added, lost or changed fails here, and its author says so a second time.
"""

from datetime import timedelta

from exclusions.workflow import public_things as things
from exclusions.workflow import roles, two_persons
from exclusions.workflow.agencies import AGENCIES, LONGEST, SAY_WHY, VIEWS
from exclusions.workflow.joint import JOINT, MOST
from exclusions.workflow.seats import SEATS, seat
from exclusions.workflow.states import Status
from exclusions.workflow.targets import DEFAULT_DAYS

STAFF = {
    "intake", "reviewer1", "reviewer2", "legal", "drafter", "committee", "customs", "signatory", "publisher", "auditor",
    "admin",
}  # fmt: skip
# Proposes and confirms; with "apart" each of another role, with a role's name: that one proposes.
TWO_PERSONS = {
    "merge": ("organization", "admin"),
    "vet": ("organization", "admin intake"),
    "end_vetting": ("organization", "admin intake"),
    "correct_kind": ("organization", "admin"),
    "add_member": ("organization", "admin"),
    "change_member": ("organization", "admin"),
    "remove_member": ("organization", "admin"),
    "new_staff": ("user", "admin"),
    "change_staff_role": ("user", "admin"),
    "change_lead": ("user", "admin"),
    "change_name": ("user", "admin"),
    "change_address": ("user", "admin"),
    "reset_password": ("user", "admin"),
    "reset_second_factor": ("user", "admin"),
    "deactivate": ("user", "admin"),
    "reactivate": ("user", "admin"),
    "undo_notice": ("notice", "publisher signatory"),
    "new_heading": ("list", "publisher signatory"),
    "change_list": ("list", "admin"),
    "change_dates": ("round", "admin"),
    "keep_extension": ("round", "admin"),
    "correct_exclusion": ("exclusion", "legal publisher", "apart"),
    "amend_exclusion": ("exclusion", "legal publisher", "apart"),
    "reissue_letter": ("petition", "intake signatory", "apart"),
    "use_template": ("letter_template", "legal signatory", "apart"),
    "reopen_decision": ("petition", "legal signatory", "apart"),
    "reopen_terms": ("terms", "legal signatory", "apart"),
    "seal_late": ("record", "admin"),
    "close_incomplete": ("petition", "intake legal", "apart", "intake"),
    "close_covered": ("petition", "intake legal", "apart", "intake"),
    "close_duplicate": ("petition", "intake legal", "apart", "intake"),
}
# Where a case stands for whom, and the entry that the act makes for each case.
MANY_AT_ONCE = {
    "take": "reviewer1=level1 reviewer2=consistency,level2 legal=legal drafter=drafting committee=committee",
    "findings": "reviewer1=level1 reviewer2=level2 finding",
    "arguments": "reviewer1=level1 legal=legal committee=committee signatory=signature "
    "reviewer2=consistency,level2 arguments",
    "argument_answer": "reviewer1=level1 legal=legal committee=committee signatory=signature "
    "reviewer2=consistency,level2 argument_answer",
    "recommendation": "reviewer1=level1 reviewer2=level2 recommendation",
    "consistency": "reviewer2=consistency consistency",
    "legal_review": "legal=legal legal_review",
    "product_text": "drafter=drafting product_text",
    "opinion": "opinion",
    "assessment": "committee=committee assessment",
    "grant": "signatory=signature",
    "grant_in_part": "signatory=signature",
    "deny": "signatory=signature",
}
# What a message says of them after their number: “3 cases confirmed.”
DONE_WITH_MANY = {
    "take": "taken",
    "findings": "found on",
    "arguments": "marked",
    "argument_answer": "answered",
    "recommendation": "recommended",
    "consistency": "confirmed",
    "legal_review": "cleared",
    "product_text": "sent to customs",
    "opinion": "judged",
    "assessment": "sent for signature",
    "grant": "granted",
    "grant_in_part": "granted in part",
    "deny": "denied",
}
# Days in New York: the rules of a round for responses, replies and corrections, the product's own for the desks.
DAYS = {
    "submitted": 5, "returned": 14, "posted": 14, "replying": 7, "level1": 20, "level2": 10, "consistency": 5,
    "legal": 10, "drafting": 5, "customs": 10, "committee": 10, "signature": 5, "granted": 10,
}  # fmt: skip


def test_who_is_staff_who_judges_who_reads_confidential_matter_and_whose_team_has_a_lead() -> None:
    assert {"requester", "filer"} == roles.OWNERS
    assert roles.STAFF == STAFF
    assert STAFF - {"drafter", "customs", "publisher", "admin"} == roles.READS_CONFIDENTIAL, "15 CFR 2006.15(c)"
    assert STAFF - {"auditor", "admin"} == roles.JUDGES
    assert STAFF - {"auditor", "admin", "customs"} == roles.LED
    assert {str(role): name for role, name in roles.SIGNS_AS.items()} == {
        "signatory": "Chair of the Section 301 Committee"
    }


def test_the_consistency_check_is_a_seat_of_its_own_of_level_2() -> None:
    taken = {(role, status.value): seat(role, status) for role in STAFF for status in Status}
    assert {place for place, found in taken.items() if found != place[0]} == {("reviewer2", "consistency")}
    desks = {"submitted": "intake", "posted": "intake", "replying": "intake", "level1": "reviewer1"}
    desks |= {"level2": "reviewer2", "consistency": "consistency", "legal": "legal", "drafting": "drafter"}
    desks |= {"committee": "committee", "signature": "signatory", "granted": "publisher"}
    assert desks == SEATS, "at Customs nobody has a case: it sees texts"


def test_what_needs_two_persons_and_whose_it_is() -> None:
    told = {
        act.name: (
            act.of,
            " ".join(sorted(act.roles)),
            *(["apart"] if act.apart else []),
            *([str(act.first)] if act.first else []),
        )
        for act in two_persons.ACTS.values()
    }
    assert told == TWO_PERSONS
    assert {"admin", "intake", "publisher", "signatory", "legal"} == two_persons.HAVE_ACTS
    assert timedelta(days=7) == two_persons.GOOD_FOR


def test_what_is_done_for_many_cases_at_once_by_whom_and_where_they_stand() -> None:
    told = {
        act.name: " ".join(
            [*(f"{role}={','.join(sorted(found))}" for role, found in act.places.items()), *filter(None, [act.entry])]
        )
        for act in JOINT.values()
    }
    assert told == MANY_AT_ONCE
    assert {name: act.done for name, act in JOINT.items()} == DONE_WITH_MANY
    assert JOINT.keys() == {act.name for act in JOINT.values()}
    assert MOST == 500
    assert all(
        act.statuses_of(role) == act.places.get(roles.Role(role), frozenset())
        for act in JOINT.values()
        for role in STAFF
    )


def test_which_agencies_sit_beside_the_chair_and_which_of_their_views_say_why() -> None:
    assert list(AGENCIES) == ["commerce", "treasury", "state", "agriculture", "labor", "sba", "customs", "other"]
    assert VIEWS == {
        "agrees": "Agrees",
        "agrees_in_part": "Agrees in part",
        "objects": "Objects",
        "no_position": "Takes no position",
    }
    assert {"agrees_in_part", "objects"} == SAY_WHY
    assert LONGEST == 2000


def test_how_many_days_a_case_should_take_in_each_status() -> None:
    assert {status.value: days for status, days in DEFAULT_DAYS.items()} == DAYS


def test_which_public_things_are_the_agencys_alone_texts_and_the_responders_own() -> None:
    agency = {"rationale", "finding", "explanation", "letter", "inquiry"}
    assert agency == things.STAFF_ALONE
    assert {"rationale", "finding", "explanation"} == things.OF_DECISIONS
    assert {"inquiry", "inquiry-answer"} == things.OF_INQUIRIES
    assert agency - {"letter"} | {"answer", "response-answer", "reply-answer", "inquiry-answer"} == things.TEXTS
    assert {"response", "response-answer"} == things.OF_RESPONDERS
