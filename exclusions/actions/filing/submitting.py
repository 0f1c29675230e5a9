"""A petition filed under its lock: by its filer on its own, or among those of one certificate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.actions.filing.owning import must_own
from exclusions.actions.record.transition import lock, move
from exclusions.actions.record.versions import next_reference, open_version, seal
from exclusions.actions.store.cases import store_case, store_filed
from exclusions.errors import Conflict
from exclusions.facts.forms import petition_form
from exclusions.models import Petition, PetitionVersion, Round, User
from exclusions.permissions.filing_facts import AskedOnce
from exclusions.permissions.leaks import JudgedFiles
from exclusions.questionnaires.certifications import certifications
from exclusions.workflow.states import EDITABLE, Status

FILED = ("reference", "submitted_at")


@dataclass(frozen=True)
class Certified:
    """The certificate of several petitions under which one of them is filed: its key, and when it was given.

    Whoever files them has locked them with their rounds and parties, and asks once what is on file about a number.
    """

    key: str
    at: datetime
    asked: AskedOnce


def submit_judged(
    petition: Petition,
    *,
    by: User,
    at: datetime,
    certified: Mapping[str, str],
    judged: JudgedFiles,
    revision: int | None = None,
    unchanged: bool = False,
    under: Certified | None = None,
) -> Petition:
    """File a petition as `filing.petitions.submit` says, of which `judged` tells what its public files give away.

    `under` is the certificate of several petitions: it is filed as of that moment, by which window, authority and
    tariff are judged; the event keeps the moment of writing, and the filer is mailed once for all of them.
    """
    as_of = under.at if under else at
    with transaction.atomic():
        locked = petition if under else lock(petition)
        again = locked.status == Status.RETURNED
        version, standing, answers = None, None, None
        if locked.status in EDITABLE:
            standing = must_own(locked, by, as_of)
            if revision is not None and revision != locked.revision:
                raise Conflict(
                    "The answers were changed in another window or by someone else after you opened this page. "
                    "Read the public version again, then certify."
                ).closed_by("resubmit" if again else "submit", locked.pk, "revision")
            version = open_version(locked)
            answers = version.answers
            version.answers = _certified_answers(version, locked.round, certified)
            if not again:
                locked.reference = next_reference(locked.round)
                locked.submitted_at = as_of
        done = all(certified.get(key) == "yes" for key in certification_keys(locked.round))
        name = "resubmit" if again else "submit"
        entered: dict[str, Any] = {"certified": done, "judged_files": judged, "open_answers": answers}
        if again:
            entered["unchanged"] = unchanged
        if under:
            entered |= {"certificate": under.key, "asked": under.asked}
        how: Any = {"is_locked": True, "also": FILED, "standing": standing, "as_of": as_of, "mails": under is None}
        filed = move(locked, name, by=by, at=at, data=entered, **how)
        sealed = seal(version or open_version(filed), by=by, at=at)
        if again:
            store_case(filed, at=at)
        else:
            store_filed(filed, sealed.answers, at=at)
    return filed


def certification_keys(round: Round) -> list[str]:
    """Return the keys of the certifications that the round's form asks for; nothing is filed without each of them."""
    return [question.key for question in certifications(petition_form(round))]


def _certified_answers(version: PetitionVersion, round: Round, certified: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers, which were cleaned when they were saved, with the certifications of this filing alone."""
    keys = certification_keys(round)
    kept = {key: value for key, value in version.answers.items() if key not in keys}
    return kept | petition_form(round).clean({key: certified.get(key, "") for key in keys})
