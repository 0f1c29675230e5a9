"""The law of the workflow, written down a second time by hand, so that no row of a table changes by one slip.

Nothing here is taken from `exclusions.workflow`: the words are those of the notices and of GAO's recommendations.
Whoever changes a transition states it here as well, with the reason that allows it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from exclusions.permissions.gates import GATES
from exclusions.workflow.roles import Role
from exclusions.workflow.states import STATUSES, Stage, StatusRow
from exclusions.workflow.transitions import TRANSITIONS


@dataclass(frozen=True)
class Law:
    """What one transition must be: the words of each set are separated by blanks."""

    sources: str
    target: str
    by: str
    gates: str = ""
    reason: bool = False  # whoever takes it gives a reason for the record
    told: bool = False  # the owners read of it in their petition's history
    mailed: bool = False  # and get an e-mail


OWNERS = "requester filer"
FILED_AND_UNDECIDED = (
    "submitted returned posted replying level1 level2 consistency legal drafting customs committee signature"
)
UNCONCLUDED = "submitted posted replying level1 level2 consistency legal"
UNSIGNED = FILED_AND_UNDECIDED.replace(" returned", "")
# What was certified is not changed (15 CFR 2006.15); a return for cure opens a copy.
SEALED = (
    FILED_AND_UNDECIDED.replace("returned ", "")
    + " granted published denied withdrawn lapsed incomplete covered duplicate"
)
LAW = {
    # A filing is in time, complete and certified (84 FR 29576; 15 CFR 2006.15 on certification), and gets a receipt.
    "submit": Law("draft", "submitted", OWNERS, "window_open answers_pass certified", told=True, mailed=True),
    # Intake may return it for cure and says of each question what to do, by a last day; the filing date is kept, so the
    # window is not asked again. Sending it again as it was has to be meant.
    "return": Law(
        "submitted", "returned", "intake", "points_named cure_day_chosen", reason=True, told=True, mailed=True
    ),
    "resubmit": Law(
        "returned",
        "submitted",
        OWNERS,
        "round_goes_on cure_in_time answers_pass certified changed_or_stated",
        told=True,
        mailed=True,
    ),
    # Not corrected by the last day: refused without a look at its merits. Time does it, nobody else.
    "lapse": Law("returned", "lapsed", "clock", "cure_period_over", told=True, mailed=True),
    # Posting starts the clock, and only what was screened for confidential matter becomes public.
    "post": Law("submitted", "posted", "intake", "confidentiality_screened", told=True, mailed=True),
    # The submitter may withdraw what is filed until it is decided; a draft is deleted, a decision stands.
    "withdraw": Law(
        FILED_AND_UNDECIDED, "withdrawn", OWNERS, "no_decision_signed", reason=True, told=True, mailed=True
    ),
    # 14 days after posting; then 7 days to reply to each response (84 FR 29576). Time does it, nobody else.
    "close_responses": Law("posted", "replying", "clock", "response_period_over", told=True),
    "begin_review": Law("replying", "level1", "clock", "reply_period_over", told=True, mailed=True),
    # Two levels of review, each with its recommendation, on a finding for every criterion (GAO-21-506). A code of a
    # denial rests on an adverse finding, and whoever departs from the desk before says why.
    "recommend": Law(
        "level1",
        "level2",
        "reviewer1",
        "every_criterion_found findings_cited recommendation_made codes_found arguments_marked",
    ),
    # In the cases that are drawn, level 2 judges before it reads level 1.
    "send_back": Law("level2", "level1", "reviewer2", "own_view_recorded", reason=True),
    "concur": Law(
        "level2",
        "consistency",
        "reviewer2",
        "every_criterion_found findings_cited recommendation_made codes_found departure_reasoned "
        "not_the_level1_reviewer own_view_recorded arguments_marked",
    ),
    # A second level 2 reviewer signs off on consistency before the legal review (GAO-21-506); a like case that was
    # decided otherwise after that is answered before anybody concludes on this one.
    "confirm_consistency": Law(
        "consistency",
        "legal",
        "reviewer2",
        "another_level2_reviewer consistency_recorded findings_cited arguments_marked",
    ),
    "reopen": Law("consistency legal", "level1", "reviewer2 legal", reason=True),
    # Whoever compares two like cases under review that stand otherwise may return either, from whatever desk it is at;
    # not who recommended on one of them at level 2.
    "return_alike": Law(
        "consistency legal drafting customs committee signature",
        "level1",
        "reviewer2",
        "unlike_named another_level2_reviewer",
        reason=True,
    ),
    # Counsel concludes one way or the other, with the conclusion on record.
    "clear_for_drafting": Law(
        "legal",
        "drafting",
        "legal",
        "every_criterion_found findings_cited legal_favours_grant departure_reasoned like_cases_answered "
        "arguments_marked",
    ),
    "clear_for_denial": Law(
        "legal",
        "signature",
        "legal",
        "every_criterion_found findings_cited legal_favours_denial codes_found departure_reasoned like_cases_answered "
        "arguments_answered",
    ),
    # The agency drafts the text, Customs reads that text alone, the committee assesses the case.
    "send_to_customs": Law("drafting", "customs", "drafter", "text_drafted"),
    "clear_text": Law("customs", "committee", "customs", "customs_has_no_objection"),
    "object_to_text": Law("customs", "drafting", "customs", "customs_objects"),
    # Intake may keep a text from Customs in which something confidential stands; the drafter writes another.
    "withhold_text": Law("customs", "drafting", "intake", "text_withheld", reason=True),
    "give_up_text": Law("drafting", "level2", "drafter", reason=True),
    "assess": Law(
        "committee",
        "signature",
        "committee",
        "committee_assessed departure_reasoned like_cases_answered findings_cited arguments_answered",
    ),
    # A decision is signed with its rationale, a denial with coded reasons; the requester hears of either at once.
    # Who signs says that no contact is missing from the log.
    "grant": Law(
        "signature",
        "granted",
        "signatory",
        "every_criterion_found findings_cited text_cleared grant_reasoned alike_to_grant contacts_stated "
        "answered_to_grant",
        told=True,
        mailed=True,
    ),
    # Less is granted than was asked: as a grant, with the reason.
    "grant_in_part": Law(
        "signature",
        "granted",
        "signatory",
        "every_criterion_found findings_cited text_cleared narrowing_reasoned alike_to_grant_in_part contacts_stated "
        "answered_to_grant_in_part",
        told=True,
        mailed=True,
    ),
    "deny": Law(
        "signature",
        "denied",
        "signatory",
        "every_criterion_found findings_cited denial_coded alike_to_deny contacts_stated answered_to_deny",
        told=True,
        mailed=True,
    ),
    "remand": Law("signature", "legal", "signatory", reason=True),
    # A grant takes effect by its notice in the Federal Register.
    "publish": Law("granted", "published", "publisher", "notice_cited", told=True, mailed=True),
    # An error of the day is taken back by two persons, on that day alone, before Customs' system has it.
    "undo_publication": Law(
        "published", "granted", "publisher signatory", "notice_undone_by_two", reason=True, told=True, mailed=True
    ),
    # A signed decision that was wrong: counsel asks or concurs, the signatory reopens; the law is looked at anew.
    "reopen_decision": Law(
        "granted published denied", "legal", "signatory", "counsel_agrees", reason=True, told=True, mailed=True
    ),
    # What the notices have USTR not consider, or answer no second time: intake says on which fact, counsel confirms. No
    # finding is made, so that nothing of it is left to counsel's conclusion on the merits.
    "close_incomplete": Law(
        "submitted", "incomplete", "legal", "closing_confirmed", reason=True, told=True, mailed=True
    ),
    "close_covered": Law(
        UNSIGNED, "covered", "legal", "closing_confirmed no_decision_signed", reason=True, told=True, mailed=True
    ),
    "close_duplicate": Law(
        UNCONCLUDED, "duplicate", "legal", "closing_confirmed no_decision_signed", reason=True, told=True, mailed=True
    ),
}

# What the public may know of each status: nothing before posting, and no outcome before it is signed.
SHOWN_AS = {
    "": "draft submitted returned lapsed",
    "stage1": "posted replying",
    "stage2": "level1 level2 consistency legal",
    "stage3": "drafting customs committee signature",
    "stage4": "granted",
    "granted": "published",
    "denied": "denied",
    "withdrawn": "withdrawn",
    "incomplete": "incomplete",
    "covered": "covered",
    "duplicate": "duplicate",
}

# Whose move it is, as everybody may read it: no finer than the stage.
NEXT_MOVE = {
    "The requester finishes and submits": "draft",
    "The agency checks and posts": "submitted",
    "The requester corrects and resubmits": "returned",
    "Anyone may respond": "posted",
    "The requester may reply to responses": "replying",
    "The agency reviews": "level1 level2 consistency legal committee",
    "The agency drafts the product text": "drafting",
    "Customs reads the product text": "customs",
    "The agency decides": "signature",
    "The agency publishes the notice": "granted",
    "No one: the case is closed": "published denied withdrawn lapsed incomplete covered duplicate",
}
# Who finds the case in a worklist; the second level 2 reviewer is one of two. Customs has the drafts alone.
WORKED_BY = {
    "intake": "submitted posted replying",
    "reviewer1": "level1",
    "reviewer2": "level2 consistency",
    "legal": "legal",
    "drafter": "drafting",
    "committee": "committee",
    "signatory": "signature",
    "publisher": "granted",
    "": "draft returned customs published denied withdrawn lapsed incomplete covered duplicate",
}


def stated(name: str) -> Law:
    """Return a row of the product's table in the words of this one."""
    row = TRANSITIONS[name]
    return Law(
        sources=in_order(row.sources),
        target=row.target.value,
        by=in_order(row.roles),
        gates=in_order(row.gates),
        reason=row.needs_reason,
        told=bool(row.told),
        mailed=row.mailed,
    )


def in_order(words: object) -> str:
    """Return words, given apart or in one string, in one order."""
    return " ".join(sorted(words.split() if isinstance(words, str) else map(str, words)))  # type: ignore[call-overload]


@pytest.mark.parametrize("name", sorted(LAW.keys() | TRANSITIONS.keys()))
def test_a_transition_is_what_the_law_makes_of_it(name: str) -> None:
    assert name in TRANSITIONS, f"The law knows “{name}”; give it a row in exclusions/workflow/transitions.py."
    assert name in LAW, f"Nothing allows “{name}”; state it here, with its source, or take its row away."
    law = LAW[name]
    assert stated(name) == Law(
        in_order(law.sources), law.target, in_order(law.by), in_order(law.gates), law.reason, law.told, law.mailed
    )


def by_words(words_of: Callable[[StatusRow], str]) -> dict[str, str]:
    """Return the statuses of the product's table in one order, by what it says of them."""
    found: dict[str, str] = {}
    for status, row in STATUSES.items():
        found[words_of(row)] = in_order(f"{found.get(words_of(row), '')} {status.value}")
    return found


@pytest.mark.parametrize(
    ("law", "words_of"),
    [
        (SHOWN_AS, lambda row: row.stage.value if isinstance(row.stage, Stage) else ""),
        (NEXT_MOVE, lambda row: row.move),
        (WORKED_BY, lambda row: row.worklist.value if isinstance(row.worklist, Role) else ""),
        ({"open": "draft returned", "sealed": SEALED}, lambda row: "open" if row.editable else "sealed"),
    ],
    ids=["stage", "move", "worklist", "answers"],
)
def test_a_status_is_what_the_law_makes_of_it(law: dict[str, str], words_of: Callable[[StatusRow], str]) -> None:
    assert by_words(words_of) == {words: in_order(statuses) for words, statuses in law.items()}


def test_every_gate_guards_a_transition() -> None:
    assert set(GATES) == {gate for law in LAW.values() for gate in law.gates.split()}
