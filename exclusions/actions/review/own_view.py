"""Level 2's own view of a case: the share of a round that is drawn, the draw of a case, and the view recorded."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from exclusions import criteria
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.transition import lock, move
from exclusions.actions.rounds.versions import refuse_unless_administrator, subject_of
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import BlindDraw, BlindShare, Outcome, OwnView, Petition, Round, User
from exclusions.models.casework.own_view import WHOLE, is_drawn
from exclusions.permissions import standing_of
from exclusions.permissions.own_view import must_view_first
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

OUTCOME = ""  # the criterion under which the view of the outcome is kept


def set_share(round: Round, *, percent: int, by: User, at: datetime) -> BlindShare:
    """Set which share of a round's cases level 2 judges before it reads level 1, in percent; return the new row.

    It holds for cases that come to level 2 from then on. Raises NotPermitted for anybody but an administrator,
    Incomplete for what is no share, WrongState where it is set so already.
    """
    refuse_unless_administrator(by)
    if not 0 <= percent <= WHOLE:
        raise Incomplete(fields={"percent": ["Give a share from 0 to 100 percent."]})
    with transaction.atomic():
        Round.objects.select_for_update().filter(slug=round.slug).order_by("pk").first()
        last = BlindShare.objects.filter(slug=round.slug).order_by("-pk").first()
        if last is not None and last.percent == percent:
            raise WrongState(f"The share is {percent} percent already.")
        secret = last.secret if last else secrets.token_hex(32)
        made = BlindShare.objects.create(slug=round.slug, percent=percent, secret=secret, set_by=by, set_at=at)
        record_event(subject_of(round), "set_blind_share", by=by, at=at, data={"percent": percent})
    return made


def send_to_level2(petition: Petition, *, by: User, at: datetime) -> Petition:
    """Send a case to level 2, and draw whether it is judged there before level 1 is read; return it as it is then.

    It is drawn once, as it comes to level 2 for the first time, and the draw is on its chain. Raises ActionRefused.
    """
    with transaction.atomic():
        moved = move(petition, "recommend", by=by, at=at)
        _draw(moved, by, at)
    return moved


def _draw(petition: Petition, by: User, at: datetime) -> None:
    share = BlindShare.objects.filter(slug=petition.round.slug).order_by("-pk").first()
    if share is None or BlindDraw.objects.filter(petition=petition).exists():
        return
    drawn = is_drawn(share.secret, share.percent, petition.reference or "")
    BlindDraw.objects.create(petition=petition, drawn=drawn, percent=share.percent, drawn_at=at)
    data = {"drawn": drawn, "percent": share.percent}
    record_event(petition_subject(petition), "draw_own_view", by=by, at=at, data=data)


def record_own_view(
    petition: Petition, *, views: Mapping[str, str], outcome: str, by: User, at: datetime
) -> list[OwnView]:
    """Record what a level 2 reviewer holds of each criterion and of the outcome, before reading level 1; return that.

    `views` is {criterion: result}, for every criterion of the round. It is recorded once and never changed; what level
    2 finds and recommends afterwards may differ. The event says that it was recorded, not what. Raises NotPermitted,
    WrongState where none is asked for, Incomplete with the fields that are missing.
    """
    with transaction.atomic():
        locked = lock(petition)
        standing = standing_of(by, locked, at)
        if by.role != Role.REVIEWER2 or not by.is_active:
            raise NotPermitted("Only a level 2 reviewer records an own view.")
        if standing.kept_from_acting:
            raise NotPermitted(*standing.kept_from_acting)
        if locked.status != Status.LEVEL2:
            raise WrongState(
                f"You can record an own view only at level 2. This case is “{locked.get_status_display()}”."
            )
        if not must_view_first(locked, by):
            raise WrongState("This case needs no own view: it was not drawn, or the view is already on record.")
        _require_whole(locked, views, outcome)
        rows = [*((key, views[key]) for key in locked.round.criteria), (OUTCOME, outcome)]
        made = [OwnView(petition=locked, criterion=key, view=view, made_by=by, made_at=at) for key, view in rows]
        for row in made:
            row.save(force_insert=True)
        record_event(petition_subject(locked), "own_view", by=by, at=at)
    return made


def _require_whole(petition: Petition, views: Mapping[str, str], outcome: str) -> None:
    missing = {
        key: [f"{criteria.get(key).title}: choose what the record shows."]
        for key in petition.round.criteria
        if views.get(key) not in criteria.get(key).results
    }
    if outcome not in Outcome.values:
        missing["outcome"] = ["Outcome: choose grant, grant in part or deny."]
    if missing:
        raise Incomplete(fields=missing)
