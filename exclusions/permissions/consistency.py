"""The gates of likeness: like cases with another result are distinguished, in words that are published.

GAO-21-506 found consistency checks in 2 of 16 files, and opposite answers to one product. What is like, and what came
of it, `facts.like_cases` says. It is asked before the legal review and again wherever the case is concluded after that,
under the lock: a case that was decided meanwhile counts, and another level 2 reviewer answers it from whatever desk.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from exclusions.checks.substance import lacks_substance
from exclusions.facts.like_cases import LikeGroup, decided, like_groups, otherwise
from exclusions.models import ConsistencyReview, Outcome, Petition
from exclusions.permissions.conclusions import Faults, conclusions, latest
from exclusions.workflow.outcomes import CaseOutcome
from exclusions.workflow.states import Status

ALL = "distinctions"  # the sentence for every group that has none of its own
RESULT = {
    Outcome.GRANT: CaseOutcome.GRANTED,
    Outcome.IN_PART: CaseOutcome.IN_PART,
    Outcome.DENY: CaseOutcome.DENIED,
}


def field_of(group: LikeGroup) -> str:
    """Return the name of the field that distinguishes a case from a group."""
    return f"{ALL}-{group.key}"


def concluded_result(petition: Petition) -> CaseOutcome | None:
    """Return the result for which the last desk concluded that stands, or None where none has."""
    made = list(conclusions(petition).values())
    return RESULT[Outcome(made[-1].outcome)] if made else None


def with_another_result(petition: Petition, groups: Iterable[LikeGroup]) -> list[LikeGroup]:
    """Return the like cases with another result than the one for which the last desk concluded."""
    outcome = concluded_result(petition)
    return otherwise(groups, outcome) if outcome else []


def others_to_distinguish(petition: Petition, groups: Iterable[LikeGroup]) -> list[LikeGroup]:
    """Return the decided like cases with the same result, which past the comparison may be distinguished as well: who
    signs may yet come to the other outcome.
    """
    if petition.status == Status.CONSISTENCY:
        return []
    known = decided(groups)
    different = with_another_result(petition, known)
    return [group for group in known if group not in different]


def distinction_of(group: LikeGroup, distinctions: Mapping[str, str]) -> str:
    """Return the words that distinguish the case from a group: its own sentence, or the one for all the rest."""
    return (distinctions.get(group.key) or "").strip() or (distinctions.get("") or "").strip()


def distinction_faults(
    different: Sequence[LikeGroup], distinctions: Mapping[str, str], others: Sequence[LikeGroup] = ()
) -> Faults:
    """Return, by field, what is wrong with the sentences that answer like cases with another result.

    `distinctions` are {key of a group: words}; "" is the key of the sentence for all groups without one of their own.
    `others` may be answered, and need not.
    """
    if not different and not others:
        given = any(words.strip() for words in distinctions.values())
        said = "No like case has another result. Put these words under “How the outcome compares”."
        return {ALL: [said]} if given else {}
    faults: Faults = {}
    for group in different:
        words, own = distinction_of(group, distinctions), (distinctions.get(group.key) or "").strip()
        found = lacks_substance(words) if words else ""
        if not words:
            found = f"{group.label} ({group.summary}): say what sets this case apart. Your words are published."
        if found:
            faults.setdefault(field_of(group) if own else ALL, []).append(found)
    known = _keys([*different, *others])
    unknown = [key for key, words in distinctions.items() if key and words.strip() and key not in known]
    if unknown:
        faults.setdefault(ALL, []).append(f"These are not like cases with another result: {', '.join(unknown)}.")
    return faults


def _keys(groups: Iterable[LikeGroup]) -> set[str]:
    return {group.key for group in groups}


# ---- The gate of the transition table -----------------------------------------------------------------------------
def consistency_recorded(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """The comparison with like cases is on record, and answers each that has another result at this moment."""
    review: ConsistencyReview | None = latest(
        row for row in petition.consistency_reviews.all() if row.made_at >= petition.status_since
    )
    if review is None:
        return ["Record which petitions you compared, and why the outcome fits theirs."]
    return [
        f"The consistency review on record does not answer {named}. Record it again."
        for named in _unanswered(petition, review, concluded_result(petition))
    ]


def like_cases_answered(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """The like cases with another result than the last desk’s outcome are distinguished on record, now as before."""
    return [] if data is None else answered_for(petition, concluded_result(petition))


def answered_for(petition: Petition, outcome: CaseOutcome | None) -> list[str]:
    """Return a sentence for each group of like cases with another result than an outcome that is about to be put on
    record, where nothing on record distinguishes them. Six statements at most.
    """
    review = latest(petition.consistency_reviews.all())
    return [
        f"The consistency review on record does not answer {named}. Another level 2 reviewer has to record what sets "
        "this case apart."
        for named in _unanswered(petition, review, outcome)
    ]


def _unanswered(petition: Petition, review: ConsistencyReview | None, outcome: CaseOutcome | None) -> list[str]:
    """Return the like cases with another result that a review does not answer, group by group, in words."""
    likes = review.likes if review else []
    answered = {said["key"]: set(said["references"]) for said in likes if said["distinction"]}
    found = []
    for group in otherwise(like_groups(petition), outcome) if outcome else []:
        new = [reference for reference in group.references if reference not in answered.get(group.key, set())]
        if new:
            more = f" and {len(new) - 3:,} more" if len(new) > 3 else ""
            found.append(f"{', '.join(new[:3])}{more} ({group.label})")
    return found


def alike_to_grant(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """No like case that was denied is undistinguished when a grant is signed."""
    return [] if data is None else answered_for(petition, CaseOutcome.GRANTED)


def alike_to_grant_in_part(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """No like case that was denied is undistinguished when a grant in part is signed."""
    return [] if data is None else answered_for(petition, CaseOutcome.IN_PART)


def alike_to_deny(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """No like case that was granted is undistinguished when a denial is signed."""
    return [] if data is None else answered_for(petition, CaseOutcome.DENIED)
