"""The gate before the legal review: like cases with another result are distinguished, in words that are published.

GAO-21-506 found consistency checks in 2 of 16 files, and opposite answers to one product. What is like, and what came
of it, `facts.like_cases` says; it is asked under the lock, so that a case decided meanwhile counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from exclusions.checks.substance import lacks_substance
from exclusions.facts.like_cases import LikeGroup, like_groups, otherwise
from exclusions.models import ConsistencyReview, Outcome, Petition
from exclusions.permissions.conclusions import LEVEL2, Faults, conclusions, latest
from exclusions.workflow.outcomes import CaseOutcome

ALL = "distinctions"  # the sentence for every group that has none of its own
RESULT = {
    Outcome.GRANT: CaseOutcome.GRANTED,
    Outcome.IN_PART: CaseOutcome.IN_PART,
    Outcome.DENY: CaseOutcome.DENIED,
}


def field_of(group: LikeGroup) -> str:
    """Return the name of the field that distinguishes a case from a group."""
    return f"{ALL}-{group.key}"


def recommended(petition: Petition) -> CaseOutcome | None:
    """Return the result that level 2 recommended last, or None where it has recommended none."""
    made = conclusions(petition).get(LEVEL2)
    return RESULT[Outcome(made.outcome)] if made else None


def with_another_result(petition: Petition, groups: Iterable[LikeGroup]) -> list[LikeGroup]:
    """Return the like cases with another result than the one recommended."""
    outcome = recommended(petition)
    return otherwise(groups, outcome) if outcome else []


def distinction_of(group: LikeGroup, distinctions: Mapping[str, str]) -> str:
    """Return the words that distinguish the case from a group: its own sentence, or the one for all the rest."""
    return (distinctions.get(group.key) or "").strip() or (distinctions.get("") or "").strip()


def distinction_faults(different: Sequence[LikeGroup], distinctions: Mapping[str, str]) -> Faults:
    """Return, by field, what is wrong with the sentences that answer like cases with another result.

    `distinctions` are {key of a group: words}; "" is the key of the sentence for all groups without one of their own.
    """
    if not different:
        given = any(words.strip() for words in distinctions.values())
        said = "No like case has another result. Put these words under “How the outcome compares”."
        return {ALL: [said]} if given else {}
    faults: Faults = {}
    for group in different:
        words, own = distinction_of(group, distinctions), (distinctions.get(group.key) or "").strip()
        found = lacks_substance(words) if words else ""
        if not words:
            found = f"{group.label} ({group.words}): say what sets this case apart. Your words are published."
        if found:
            faults.setdefault(field_of(group) if own else ALL, []).append(found)
    unknown = [key for key, words in distinctions.items() if key and words.strip() and key not in _keys(different)]
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
    answered = {said["key"]: set(said["references"]) for said in review.likes if said["distinction"]}
    sentences = []
    for group in with_another_result(petition, like_groups(petition)):
        new = [reference for reference in group.references if reference not in answered.get(group.key, set())]
        if new:
            sentences.append(
                f"The consistency review on record does not answer {', '.join(new[:3])}"
                f"{f' and {len(new) - 3:,} more' if len(new) > 3 else ''} ({group.label}). Record it again."
            )
    return sentences
