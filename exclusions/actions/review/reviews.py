"""What reviewers, counsel and the committee put on record. Rows are added, never rewritten; the latest counts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from exclusions import criteria
from exclusions.actions.notices.agency_views import agency_views
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.many.batch import Batch, act_of
from exclusions.actions.review.apart import Apart
from exclusions.actions.review.case_entries import CHOOSE_OUTCOME, case_entry, require, require_conclusion
from exclusions.actions.review.compared import compared, in_short, must_be_stored
from exclusions.actions.review.unlike import NOTHING_SAID, Unlike, answered
from exclusions.errors import Conflict, Incomplete
from exclusions.models import (
    CommitteeAssessment,
    ConsistencyReview,
    Finding,
    LegalReview,
    Outcome,
    Petition,
    Recommendation,
    Recusal,
    User,
)
from exclusions.permissions.arguments.findings import asked_about
from exclusions.permissions.conclusions import COMMITTEE, LEGAL, LEVEL1, LEVEL2, conclusion_faults
from exclusions.permissions.likes.groups import likes_of, seen_of, untold
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.queries.casework.case.evidence import not_citable
from exclusions.queries.casework.other_cases import OtherCases
from exclusions.workflow.roles import Role


def level_of(by: User) -> int:
    """Return the level at which a reviewer records."""
    return 2 if by.role == Role.REVIEWER2 else 1


def record_finding(
    petition: Petition,
    *,
    criterion: str,
    result: str,
    reasons: str,
    by: User,
    at: datetime,
    confidential_note: str = "",
    citations: Sequence[str] = (),
    meant: bool = False,
    seen: int | None = None,
    batch: Batch | None = None,
) -> Finding:
    """Record a finding on one criterion of the round, replacing nothing: the latest of a criterion is the current one.

    `reasons` are public and may not repeat confidential answers; `meant` answers what is asked about them. `citations`
    are keys of `queries.casework.case.passages`. `seen` is the key of the finding that the writer saw as the current
    one, as for every entry here (`case_entry`).
    Raises NotPermitted, WrongState, Conflict, Incomplete (with the field's name).
    """
    data, words = {"criterion": criterion, "result": result}, {"reasons": reasons}
    with case_entry(petition, "finding", by=by, at=at, data=data, words=words, seen=seen, batch=batch) as locked:
        _check_finding(locked, criterion, result, reasons, citations)
        if asked := [] if meant else asked_about(locked, criterion, reasons, citations):
            raise Incomplete(*asked, fields={"meant": asked})
        return Finding.objects.create(
            petition=locked,
            criterion=criterion,
            result=result,
            reasons=reasons.strip(),
            confidential_note=confidential_note.strip(),
            citations=list(dict.fromkeys(citations)),
            level=level_of(by),
            made_by=by,
            made_at=at,
            joint=act_of(batch),
        )


def _check_finding(petition: Petition, criterion: str, result: str, reasons: str, citations: Sequence[str]) -> None:
    if criterion not in petition.round.criteria:
        raise Incomplete(f"“{criterion}” is not a criterion of {petition.round.title}.", fields={"criterion": []})
    if result not in criteria.get(criterion).results:
        sentence = "Choose what the record shows on this criterion."
        raise Incomplete.beside("result", sentence)
    require_reason(reasons, "Give the reasons of the finding. They are published with the decision.", field="reasons")
    unknown = not_citable(petition, citations)
    if unknown:
        sentence = f"Not in the record of this petition: {', '.join(unknown)}."
        raise Incomplete.beside("citations", sentence)
    uncited = criteria.get(criterion).citation_fault(result, citations)
    if uncited:
        raise Incomplete.beside("citations", uncited)


def recommend_outcome(
    petition: Petition,
    *,
    outcome: str,
    reasons: str,
    by: User,
    at: datetime,
    denial_codes: Sequence[str] = (),
    departure: str = "",
    adopts: str = "",
    unlike: Unlike = NOTHING_SAID,
    seen: int | None = None,
    batch: Batch | None = None,
) -> Recommendation:
    """Record the overall recommendation of the person's level. Raises NotPermitted, WrongState, Incomplete, Repeats.

    One of level 2 that is not that of level 1 says why in `departure`, which is published with the decision.
    `adopts` is the desk whose codes and reasons it takes over, as for every conclusion here. `unlike` answers like
    cases with another result, as far as the person may know them.
    """
    codes = list(denial_codes)
    require_conclusion(outcome, codes, reasons, missing="Give the reasons of the recommendation.")
    data, said = (
        {"outcome": outcome, "level": level_of(by), **_adopting(adopts)},
        {"reasons": reasons, "departure": departure, "unlike": unlike.unlike},
    )
    with case_entry(petition, "recommendation", by=by, at=at, data=data, words=said, seen=seen, batch=batch) as locked:
        level, mine = level_of(by), Concluded(RESULT[outcome], tuple(codes))
        _must_stand(locked, LEVEL2 if level == 2 else LEVEL1, outcome, codes, departure)
        rows = answered(locked, unlike, mine, level, by=by, at=at, batch=batch)
        return Recommendation.objects.create(
            petition=locked,
            departure=departure.strip(),
            adopts=adopts,
            unlike=rows,
            level=level,
            outcome=outcome,
            reasons=reasons.strip(),
            denial_codes=codes,
            made_by=by,
            made_at=at,
            joint=act_of(batch),
        )


def record_consistency(
    petition: Petition,
    *,
    by: User,
    at: datetime,
    compared_with: Sequence[str] = (),
    reasons: str = "",
    distinctions: Mapping[str, str] | None = None,
    ours: Mapping[str, Sequence[str]] | None = None,
    theirs: Mapping[str, str] | None = None,
    departs: Collection[str] = (),
    likes_seen: str = "",
    seen: int | None = None,
    batch: Batch | None = None,
) -> ConsistencyReview:
    """Record another level 2 reviewer's comparison with like cases, before the legal review or after (GAO-21-506).

    All like cases are on the record with it; `compared_with` are references of others. `distinctions` answer those
    with another result than the last desk's, by the key of their group, or by "" all that have no sentence of their
    own; they are published with the decision. What shows it on either side is cited by `ours` and `theirs`, under the
    same keys (`actions.review.apart`); `departs` are those of groups from whose decisions it departs instead, which
    counsel and the signatory confirm. `reasons` may be left out. `likes_seen` is what the page showed of the results
    (`permissions.likes.groups.seen_of`). Raises NotPermitted, WrongState, Incomplete, Repeats, and Conflict where a
    like case got its result after the page was made.
    """
    references, said = list(dict.fromkeys(text.strip() for text in compared_with if text.strip())), distinctions or {}
    if reasons.strip():
        require_reason(reasons, "", field="reasons")
    must_be_stored(petition, references, batch.others if batch else OtherCases())
    words = {"reasons": reasons, "distinctions": "\n".join(filter(None, said.values()))}
    data: dict[str, object] = {"compared_with": references}
    with case_entry(petition, "consistency", by=by, at=at, data=data, words=words, seen=seen, batch=batch) as locked:
        likes = likes_of(locked, by)
        if likes_seen and likes_seen != seen_of(likes.groups):
            raise Conflict(
                "After you opened this page, a like case was decided or concluded, or another became like this one. "
                "The page now shows the new results. What you typed is kept. Read the results, then send it again."
            )
        apart, told = Apart(said, ours or {}, theirs or {}, departs), untold(likes.groups)
        rows = compared(locked, likes, apart, by=by, at=at, batch=batch)
        data["like"] = {group.key: len(group.references) for group in told}
        return ConsistencyReview.objects.create(
            petition=locked,
            compared_with=references,
            likes=rows,
            reasons=reasons.strip() or in_short(told),
            made_by=by,
            made_at=at,
            joint=act_of(batch),
        )


def record_legal_review(
    petition: Petition,
    *,
    outcome: str,
    reasons: str,
    by: User,
    at: datetime,
    denial_codes: Sequence[str] = (),
    departure: str = "",
    adopts: str = "",
    seen: int | None = None,
    batch: Batch | None = None,
) -> LegalReview:
    """Record counsel's conclusion. One that departs from the level 2 recommendation says why in `departure`.

    (GAO-21-506 found analysts overruled without a recorded reason.) It is published with the decision. Raises
    NotPermitted, WrongState, Incomplete.
    """
    codes = list(denial_codes)
    require_conclusion(outcome, codes, reasons, missing="Give the reasons of the legal review.")
    data, said = {"outcome": outcome, **_adopting(adopts)}, {"reasons": reasons, "departure": departure}
    with case_entry(petition, "legal_review", by=by, at=at, data=data, words=said, seen=seen, batch=batch) as locked:
        _must_stand(locked, LEGAL, outcome, codes, departure)
        return LegalReview.objects.create(
            petition=locked,
            outcome=outcome,
            reasons=reasons.strip(),
            departure=departure.strip(),
            adopts=adopts,
            departs=bool(departure.strip()),
            denial_codes=codes,
            made_by=by,
            made_at=at,
            joint=act_of(batch),
        )


def record_assessment(
    petition: Petition,
    *,
    outcome: str,
    reasons: str,
    by: User,
    at: datetime,
    departure: str = "",
    adopts: str = "",
    views: Sequence[Mapping[str, str]] = (),
    seen: int | None = None,
    batch: Batch | None = None,
) -> CommitteeAssessment:
    """Record the Section 301 Committee's assessment of the case and its text. Raises ActionRefused.

    One that departs from the legal review says why in `departure`, which is published with the decision. `views` are
    what each agency said ({agency, view, words}, keys of `workflow.agencies`): an agency that objects says why, and
    none of it is published.
    """
    require_reason(reasons, "Give the committee's reasons.", field="reasons")
    said_by = agency_views(views)
    if outcome not in Outcome.values:
        raise Incomplete.beside("outcome", CHOOSE_OUTCOME)
    data, said = {"outcome": outcome, **_adopting(adopts)}, {"reasons": reasons, "departure": departure}
    with case_entry(petition, "assessment", by=by, at=at, data=data, words=said, seen=seen, batch=batch) as locked:
        _must_stand(locked, COMMITTEE, outcome, (), departure)
        return CommitteeAssessment.objects.create(
            petition=locked,
            outcome=outcome,
            reasons=reasons.strip(),
            departure=departure.strip(),
            adopts=adopts,
            views=said_by,
            made_by=by,
            made_at=at,
            joint=act_of(batch),
        )


def _adopting(desk: str) -> dict[str, str]:
    """Return what the event says of a conclusion that adopts the codes and reasons of a desk before."""
    return {"adopts": desk} if desk else {}


def _must_stand(petition: Petition, desk: str, outcome: str, codes: Sequence[str], departure: str) -> None:
    """Raise Incomplete unless the codes have their findings, and a departure from the desk before its reason."""
    faults = conclusion_faults(petition, desk, outcome, codes, departure)
    if faults:
        raise Incomplete(*(sentence for said in faults.values() for sentence in said), fields=faults)


def recuse(petition: Petition, *, reason: str, by: User, at: datetime) -> Recusal:
    """Step back from a case: from now on the person reads only its public side and cannot act. Raises ActionRefused."""
    require({"reason": (reason, "Give the reason. It goes on the record.")})
    with case_entry(petition, "recusal", by=by, at=at, words={"reason": reason}) as locked:
        if locked.recusals.filter(user=by, ended_at__isnull=True).exists():
            raise Incomplete("You have already recused yourself from this case.")
        locked.assignments.filter(user=by, ended_at__isnull=True).update(ended_at=at)
        return Recusal.objects.create(petition=locked, user=by, reason=reason.strip(), declared_at=at)
