"""The gates of likeness: like cases with another result are distinguished, in words that are published.

GAO-21-506 found consistency checks in 2 of 16 files, and opposite answers to one product. What is like, and what came
of it or stands recommended, `permissions.likes` says. It is asked before the legal review and again wherever the case
is concluded after that, under the lock: a case that was decided or concluded otherwise meanwhile counts, and another
level 2 reviewer answers it from whatever desk, on the record of either.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from exclusions.checks.substance import lacks_substance
from exclusions.models import ConsistencyReview, Petition, User
from exclusions.permissions.conclusions import Faults, conclusions, latest
from exclusions.permissions.likes.departing import departures_in, unconfirmed
from exclusions.permissions.likes.groups import LikeGroup, likes_of, otherwise, with_result
from exclusions.permissions.likes.recommended import RESULT, Concluded
from exclusions.permissions.likes.settled import unsettled
from exclusions.workflow.outcomes import CaseOutcome
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

Person = User | AnonymousUser | None
Data = Mapping[str, Any] | None
ALL = "distinctions"  # the sentence for every group that has none of its own
KEPT = "You are kept from a like case that is under review. Another signatory, who may see both, has to sign this one."


def field_of(group: LikeGroup) -> str:
    """Return the name of the field that distinguishes a case from a group."""
    return f"{ALL}-{group.key}"


def concluded(petition: Petition) -> Concluded | None:
    """Return for what the last desk concluded that stands, or None where none has."""
    made = list(conclusions(petition).values())
    return Concluded(RESULT[made[-1].outcome], tuple(made[-1].codes)) if made else None


def with_another_result(petition: Petition, groups: Iterable[LikeGroup]) -> list[LikeGroup]:
    """Return the like cases with another result than the one for which the last desk concluded."""
    mine = concluded(petition)
    return otherwise(groups, mine.result, mine.codes) if mine else []


def to_distinguish(petition: Petition, groups: Iterable[LikeGroup]) -> tuple[list[LikeGroup], list[LikeGroup]]:
    """Return the like cases with another result that the petition's own record has to answer, and those that it may.

    Cases that the record has settled need no answer, and may get one. After the comparison those with the same result
    may be answered, too: the signatory may still come to the other outcome.
    """
    known = with_result(groups)
    different = with_another_result(petition, known)
    asked = [replace(one.group, references=one.references) for one in unsettled(petition, (), different)]
    offered, keys = different if petition.status == Status.CONSISTENCY else known, _keys(asked)
    return asked, [group for group in offered if group.key not in keys]


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


# ---- The gates of the transition table ----------------------------------------------------------------------------
def consistency_recorded(petition: Petition, user: Person, at: datetime, data: Data) -> list[str]:
    """The comparison with like cases is on record, and answers each that has another result at this moment."""
    review: ConsistencyReview | None = latest(
        row for row in petition.consistency_reviews.all() if row.made_at >= petition.status_since
    )
    if review is None:
        return ["Record which petitions you compared, and why the outcome fits theirs."]
    mine = concluded(petition)
    if mine is None:
        return []
    groups = likes_of(petition, user if isinstance(user, User) else None).groups
    return [
        f"The consistency review on record does not answer {named}. Record it again."
        for named in _unanswered(petition, groups, review, mine)
    ]


def like_cases_answered(petition: Petition, user: Person, at: datetime, data: Data) -> list[str]:
    """The like cases with another result than the last desk’s outcome are distinguished on record, now as before."""
    mine = concluded(petition) if data is not None or _departs(petition) else None
    if mine is None:
        return []
    groups = likes_of(petition, user if isinstance(user, User) else None).groups
    return _asked_of_another(petition, groups, mine) or unconfirmed(
        petition, otherwise(groups, mine.result, mine.codes), [Role.LEGAL]
    )


def _departs(petition: Petition) -> bool:
    """Say whether the last comparison departs from what was decided.

    Only then are like cases looked for before a button is pressed: a confirmation may be owed, and nothing that is
    entered with the transition could make up for it.
    """
    if not getattr(petition, "has_departures", True):
        return False
    return bool(departures_in(latest(petition.consistency_reviews.all())))


def answered_for(
    petition: Petition, outcome: CaseOutcome, codes: Collection[str] = (), user: Person = None
) -> list[str]:
    """Return a sentence for each group of like cases with another result than an outcome that is about to be put on
    record, where nothing on record distinguishes them. Nine statements at most; what the person may not know is left to
    the next desk.
    """
    groups = likes_of(petition, user if isinstance(user, User) else None).groups
    return _asked_of_another(petition, groups, Concluded(outcome, tuple(codes)))


def _asked_of_another(petition: Petition, groups: Iterable[LikeGroup], mine: Concluded) -> list[str]:
    review = latest(petition.consistency_reviews.all())
    return [
        f"The consistency review on record does not answer {named}. Another level 2 reviewer has to record what sets "
        "this case apart."
        for named in _unanswered(petition, groups, review, mine)
    ]


def _unanswered(
    petition: Petition, groups: Iterable[LikeGroup], review: ConsistencyReview | None, mine: Concluded
) -> list[str]:
    """Return the like cases with another result that a review does not answer, group by group, in words."""
    found = []
    for one in unsettled(petition, review.likes if review else (), otherwise(groups, mine.result, mine.codes)):
        new, gone = one.references, "; ".join(one.fell)
        more = f" and {len(new) - 3:,} more" if len(new) > 3 else ""
        fell = f"; no longer public, and so no answer any more: {gone}" if gone else ""
        found.append(f"{', '.join(new[:3])}{more} ({one.group.label}{fell})")
    return found


def _alike(petition: Petition, user: Person, data: Data, outcome: CaseOutcome) -> list[str]:
    """Whoever signs may know of every like case: one kept from any is refused, whatever is recommended of that."""
    if data is None and not _departs(petition):
        return []
    likes = likes_of(petition, user if isinstance(user, User) else None)
    if likes.kept:
        return [KEPT]
    codes = _codes(petition, data, outcome)
    return _asked_of_another(petition, likes.groups, Concluded(outcome, codes)) or unconfirmed(
        petition, otherwise(likes.groups, outcome, codes), [Role.LEGAL, Role.SIGNATORY]
    )


def _codes(petition: Petition, data: Data, outcome: CaseOutcome) -> tuple[str, ...]:
    """Return the reason codes that were entered; before that those of the last desk, where it came to the outcome."""
    if data is not None:
        return tuple(str(code) for code in data.get("denial_codes") or ())
    last = concluded(petition)
    return last.codes if last is not None and last.result == outcome else ()


def alike_to_grant(petition: Petition, user: Person, at: datetime, data: Data) -> list[str]:
    """No like case that was or is to be denied is undistinguished when a grant is signed."""
    return _alike(petition, user, data, CaseOutcome.GRANTED)


def alike_to_grant_in_part(petition: Petition, user: Person, at: datetime, data: Data) -> list[str]:
    """No like case that was or is to be denied is undistinguished when a grant in part is signed."""
    return _alike(petition, user, data, CaseOutcome.IN_PART)


def alike_to_deny(petition: Petition, user: Person, at: datetime, data: Data) -> list[str]:
    """No like case that was or is to be granted is undistinguished when a denial is signed."""
    return _alike(petition, user, data, CaseOutcome.DENIED)
