"""Coincidences: a member of staff states that words only seem to repeat a value, and a second one agrees."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.disclosure_checks import place_of
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.transition import lock
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import LeakSettlement, Petition, User
from exclusions.permissions import may_read_confidential
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.screening import Waiting
from exclusions.workflow.disclosure_checks import DOORS
from exclusions.workflow.roles import JUDGES, READS_CONFIDENTIAL

# Where words can be typed that a statement may be about.
WORDS = {
    ("finding", "reasons"): "Reasons of a finding",
    ("recommendation", "reasons"): "Reasons of a recommendation",
    ("product_text", "text"): "Product text",
    ("opinion", "reasons"): "Reasons of an opinion of Customs",
    ("assign", "reason"): "Reason for handing the case to another person",
    ("cluster", "reason"): "Reason for changing a cluster",
    ("argument_answer", "reason"): "Why an argument is beside the criteria",
    ("recusal", "reason"): "Reason for stepping back from the case",
    ("interest", "name"): "Name in a declared interest",
    ("interest", "nature"): "What a declared interest is",
    ("return", "points"): "Reason for returning the petition",
    ("refuse_confidentiality", "reason"): "Reason for refusing confidential treatment",
    ("refuse_response", "reason"): "Reason for not posting a response",
    ("withdraw", "reason"): "Reason for withdrawing the petition",
    ("quarantine", "reason"): "Reason for taking something down",
    ("correct", "text"): "Corrected text",
    ("withhold", "reason"): "Reason for not letting words through",
    ("remove_part", "reason"): "Reason for taking a part out of a file",
    ("clean_file", "reason"): "Reason for cleaning a file again",
    ("recommendation", "departure"): "Why a recommendation departs from the desk before",
    ("recommendation", "unlike"): "What a level says of like cases that stand otherwise",
    ("consistency", "distinctions"): "What sets the petition apart from like cases",
    ("legal_review", "departure"): "Why the legal review departs from the desk before",
    ("assessment", "departure"): "Why the committee departs from the desk before",
    ("grant", "rationale"): "Rationale of a grant",
    ("grant", "departure"): "Why a grant departs from the desk before",
    ("grant", "adverse"): "Why a grant outweighs adverse findings",
    ("grant_in_part", "rationale"): "Rationale of a grant in part",
    ("grant_in_part", "narrowing"): "Why less is granted than was asked",
    ("grant_in_part", "departure"): "Why a grant in part departs from the desk before",
    ("grant_in_part", "adverse"): "Why a grant in part outweighs adverse findings",
    ("deny", "rationale"): "Rationale of a denial",
    ("deny", "departure"): "Why a denial departs from the desk before",
    ("deny", "facts"): "Facts behind the codes of a denial",
    ("reissue_letter", "reason"): "Reason for issuing a new version of a letter",
    ("reopen_decision", "reason"): "Reason for reopening a decision",
    ("inquiry", "question"): "Question to the filer",
    ("inquiry_answer", "text"): "Answer to a question of the agency",
    ("close", "reason"): "Reason for closing the case without its merits",
    ("correct_exclusion", "facts"): "Corrected wording, number or term of an exclusion",
    ("amend_exclusion", "facts"): "Amended wording of an exclusion",
    ("amend_exclusion", "reason"): "Reason for amending an exclusion",
    ("withdraw_exclusion", "reason"): "Reason for withdrawing an exclusion by notice",
    ("correct_exclusion", "reason"): "Reason for correcting an exclusion",
}
# A door without words here fails at the start, so that none is offered under its name in code.
TYPED_PLACES = {
    place_of(door.name, field): WORDS[door.name, field]
    for door in DOORS.values()
    for field in door.takes
    if field not in ("answers", "uploads", "upload")
}


def state_coincidence(
    petition: Petition, waiting: Waiting, *, statement: str, by: User, at: datetime
) -> list[LeakSettlement]:
    """Record why words only seem to repeat values that were given in confidence; return the statements, one a value.

    They count once a second member of staff has agreed. `waiting` are the words under the name of their place. Raises
    NotPermitted, and Incomplete without a statement or where the words repeat nothing.
    """
    if not statement.strip():
        raise Incomplete(fields={"statement": ["Say why it is a coincidence. The next person reads this."]})
    secrets = case_secrets(petition)
    with transaction.atomic():
        locked = lock(petition)
        _must_read(locked, by, at)
        known = set(LeakSettlement.objects.filter(petition=locked).values_list("leak", flat=True))
        doubts = {doubt.leak: doubt for doubt in waiting.doubts(secrets, frozenset(known))}
        if not doubts:
            raise Incomplete(
                fields={"words": ["Everything these words repeat is already stated to be public or a coincidence."]}
            )
        made = [
            LeakSettlement.objects.create(
                petition=locked,
                leak=leak,
                place=waiting.place,
                statement=statement.strip(),
                words=doubt.hit.excerpt,
                is_coincidence=True,
                stated_by=by,
                stated_at=at,
            )
            for leak, doubt in doubts.items()
        ]
        # Statement and words stay in the private table; the chain holds the place.
        record_event(petition_subject(locked), "state_coincidence", by=by, at=at, data={"place": waiting.place})
    return made


def second(settlement: LeakSettlement, *, by: User, at: datetime) -> LeakSettlement:
    """Agree that words are a coincidence; return the statement, which counts from now on.

    Raises NotPermitted for who stated it, or may not read the case; WrongState when it was seconded before.
    """
    with transaction.atomic():
        petition = lock(settlement.petition)
        _must_read(petition, by, at)
        locked = LeakSettlement.objects.select_for_update(of=("self",)).get(pk=settlement.pk)
        if not locked.is_coincidence or locked.seconded_at:
            raise WrongState("You need not agree: this statement already counts.")
        if locked.stated_by_id == by.pk:
            raise NotPermitted("You stated this yourself. A second member of staff must agree.")
        locked.seconded_by, locked.seconded_at = by, at
        locked.save(update_fields=["seconded_by", "seconded_at"])
        record_event(petition_subject(petition), "second_coincidence", by=by, at=at, data={"place": locked.place})
    return locked


def _must_read(petition: Petition, by: User, at: datetime) -> None:
    if by.role not in READS_CONFIDENTIAL & JUDGES or not may_read_confidential(by, petition, at):
        raise NotPermitted("Only staff who read and judge the whole case can state that words are a coincidence.")
