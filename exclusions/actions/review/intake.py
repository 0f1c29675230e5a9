"""What the intake clerk does with a filed petition: return it for correction, or post it to the docket."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from exclusions.actions.record.addresses import in_calendar
from exclusions.actions.record.letters import lapsed_letter, posted_letter, returned_letter
from exclusions.actions.record.public_files.read_again import read_files_of
from exclusions.actions.record.transition import lock, move
from exclusions.actions.record.versions import reopen_answers
from exclusions.actions.store.clusters import place_case
from exclusions.errors import Repeats
from exclusions.facts.forms import petition_form
from exclusions.models import Cure, Petition, User
from exclusions.permissions import refusal
from exclusions.permissions.cures import last_cure
from exclusions.permissions.filing import judged_files
from exclusions.permissions.leaks import settled_leaks
from exclusions.queries.public.rounds import cure_deadline, response_deadline
from exclusions.workflow.deadlines import end_of_day, in_words


def return_petition(
    petition: Petition,
    *,
    points: Sequence[Mapping[str, str]],
    last_day: date | None = None,
    by: User,
    at: datetime,
) -> Petition:
    """Return a submitted petition for correction, with a letter; return the petition.

    `points` name the questions that need correction, each with its remedy: [{question: key, remedy: text}].
    `last_day` is the last one on which a correction is in time; None: the day of the rule (`cure_deadline`). The
    certified answers stay as they are; a copy of them is opened for the requester to correct. Reference and filing
    date are kept. Raises ActionRefused with nothing written.
    """
    entered = {"points": points, "last_day": last_day}
    with transaction.atomic():
        locked = lock(petition)
        refused = refusal("return", locked, by, at, {**entered, "reason": "given with each point"})
        if refused:
            raise refused
        closes = end_of_day(last_day) if last_day else cure_deadline(locked.round, at)
        named = _named(locked, points)
        locked.cure_closes_at = closes
        moved = move(
            locked,
            "return",
            by=by,
            at=at,
            reason="\n".join(f"“{point['label']}” {point['remedy']}" for point in named),
            data={**entered, "cure_until": closes.isoformat()},
            is_locked=True,
            also=("cure_closes_at",),
            told={"points": named, "until": in_words(closes), "calendar": [in_calendar(locked, "cure", closes)]},
        )
        number = Cure.objects.filter(petition=moved).count() + 1
        cure = Cure.objects.create(
            petition=moved, number=number, points=named, closes_at=closes, returned_at=at, returned_by=by
        )
        reopen_answers(moved, at=at)
        returned_letter(moved, cure, at=at)
    # The caller's own copy follows, so that it does not act on what it saw before.
    petition.refresh_from_db(fields=["status", "status_since", "updated_at", "cure_closes_at"])
    return moved


def _named(petition: Petition, points: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the points with the words of their questions, as they are asked now."""
    labels = petition_form(petition.round).labels
    return [
        {"question": key, "label": labels[key], "remedy": point["remedy"].strip()}
        for point in points
        if (key := point["question"])
    ]


def lapse_petition(petition: Petition, *, at: datetime) -> Petition:
    """Let a returned petition lapse whose last day has passed, with a letter; return it. The clock alone does this.

    It is refused without a look at its merits; whoever filed it may file anew while the window is open. Raises
    ActionRefused with nothing written.
    """
    with transaction.atomic():
        locked = lock(petition)
        closes = locked.cure_closes_at
        moved = move(
            locked, "lapse", by=None, at=at, is_locked=True, told={"until": in_words(closes) if closes else ""}
        )
        cure = last_cure(moved)
        if cure:
            lapsed_letter(moved, cure, at=at)
    petition.refresh_from_db(fields=["status", "status_since", "updated_at"])
    return moved


def _refuse_repeats(petition: Petition) -> None:
    """Raise Repeats where a public file repeats a value that its filer did not state to be public.

    A reader that learned more may find what the one before did not see when the petition was submitted.
    """
    settled = settled_leaks(petition)
    open_ones = [found for found in judged_files(petition).hits if found.leak not in settled]
    said = [
        f"The public file “{found.document.file_name}” repeats, in its {found.part}, what was given in confidence "
        f"under “{found.hit.secret.label}”. Return the petition, so that its filer gives another file."
        for found in open_ones
    ]
    if said:
        raise Repeats(*said, plain=said)


def post_petition(petition: Petition, *, screened: bool, by: User, at: datetime) -> Petition:
    """Post a submitted petition: from now on the public reads it, and the response period runs (84 FR 29576).

    `screened` says that the clerk read the public version for confidential matter. A file of which nobody has read
    some part is left out and waits: it follows once a person has read that part or taken it out. The clock starts at
    posting, not at filing; the deadline comes from the round's days. Raises ActionRefused with nothing written.
    """
    data = {"screened": screened}
    read_files_of(petition)
    _refuse_repeats(petition)
    with transaction.atomic():
        locked = lock(petition)
        refused = refusal("post", locked, by, at, data)
        if refused:
            raise refused
        locked.posted_at = at
        locked.response_closes_at = response_deadline(locked.round, at) if locked.round.accepts_responses else None
        locked.save(update_fields=["posted_at", "response_closes_at"])
        closes = locked.response_closes_at
        told = {"until": in_words(closes), "calendar": [in_calendar(locked, "respond", closes)]} if closes else {}
        moved = move(locked, "post", by=by, at=at, data=data, is_locked=True, told=told)
        place_case(moved, at=at)
        posted_letter(moved, at=at)
    # The caller's own copy follows, so that it does not act on what it saw before.
    petition.refresh_from_db(fields=["status", "status_since", "updated_at", "posted_at", "response_closes_at"])
    return moved
