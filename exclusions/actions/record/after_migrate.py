"""What follows a migrate: the guards are put back, the case store is filled, older public copies are written
anew, and the docket is counted."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connections, router, transaction
from django.utils import timezone

from exclusions.actions.evidence import fill_evidence
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.record.transition import lock
from exclusions.actions.store.cases import fill_store
from exclusions.actions.store.docket_kinds import count_docket
from exclusions.checks.confidential.leak_matcher import Hit, hit_id
from exclusions.errors import BrokenRound
from exclusions.models import Petition, PublicPetition, PublicResponse, Response, guards
from exclusions.models.public import LAYOUT
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.leaks import settled_leaks

Rows = Iterable[Mapping[str, Any]]
logger = logging.getLogger(__name__)


def after_migrate(*, using: str, **told: Any) -> None:
    """Do all of it, on a database that no migration of ours is missing from: the receiver of `post_migrate`."""
    guards.after_migrate(using=using, **told)
    if using == "default" and router.allow_migrate(using, "exclusions") and guards.is_whole(connections[using]):
        fill_store()
        fill_evidence()
        write_copies_anew()
        count_docket(at=timezone.now())


def write_copies_anew() -> None:
    """Write the copies of petitions and responses anew that have an earlier layout; what was last changed when, stays.

    Each in a transaction of its own, so that what is begun can be gone on with. What is in quarantine stays there. A
    copy stays as it is, and a line of the log names it, where it would say more than before and that repeats what was
    given in confidence: its words were typed before anybody looked for that.
    """
    old = PublicPetition.objects.filter(historical=False, layout__lt=LAYOUT).order_by("pk")
    for copy in list(old.only("reference", "answers", "updated_at")):
        found = Petition.objects.filter(reference=copy.reference, posted_at__isnull=False).first()
        if found is not None:
            _write_petition(found, copy)
    answered = PublicResponse.objects.filter(petition__historical=False, layout__lt=LAYOUT).order_by("pk")
    for said in list(answered.select_related("petition")):
        given = Response.objects.select_related("petition").filter(reference=said.reference).first()
        if given is not None:
            _write_response(given, said)


class _Repeats(Exception):
    """A copy would say in public what was given in confidence."""


def _write_petition(petition: Petition, old: PublicPetition) -> None:
    try:
        with transaction.atomic():
            locked = lock(petition)
            new = publish_petition(locked, at=old.updated_at)
            _refuse_repeats(locked, old.answers, new.answers if new else (), case_secrets(locked).on_own_page)
    except _Repeats:
        _keep(petition.reference)
    except BrokenRound as broken:
        logger.warning("%s: the public copy stays as it was. %s", petition.reference, broken)


def _write_response(response: Response, old: PublicResponse) -> None:
    def find(text: str) -> list[Hit]:
        return case_secrets(response.petition).hits_in(text, but=str(response.pk))

    try:
        with transaction.atomic():
            response.petition = lock(response.petition)
            new = publish_response(response, at=old.petition.updated_at)
            before = [*old.answers, *old.reply_answers]
            _refuse_repeats(response.petition, before, [*new.answers, *new.reply_answers] if new else (), find)
    except _Repeats:
        _keep(response.reference)
    except BrokenRound as broken:
        logger.warning("%s: the public copy stays as it was. %s", response.reference, broken)


def _refuse_repeats(petition: Petition, old: Rows, new: Rows, find: Callable[[str], list[Hit]]) -> None:
    """Raise _Repeats where words that were not public so far repeat a value, but what was settled for their place."""
    said = {(row.get("key"), row["value"]) for row in old}
    settled = settled_leaks(petition)
    for row in new:
        hits = [] if (row["key"], row["value"]) in said else find(str(row["value"]))
        if any(hit_id(row["key"], hit.secret) not in settled for hit in hits):
            raise _Repeats


def _keep(reference: str | None) -> None:
    logger.warning(
        "%s: the public copy stays as it was, because a new one would repeat confidential matter.", reference
    )
