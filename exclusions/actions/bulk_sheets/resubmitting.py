"""Returned petitions that one person certifies together, and files again: all of them, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from exclusions.actions.bulk_sheets.contents import content_of
from exclusions.actions.filing.judged_files import with_judged_files
from exclusions.actions.filing.many import MOST, do_to_each_own
from exclusions.actions.filing.submitting import submit_judged
from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.models import Petition, User
from exclusions.permissions.filing import certification_problems
from exclusions.permissions.leaks import FilesChanged, JudgedFiles
from exclusions.workflow.states import Status

NOT_READ = "Read the public version of each petition first, then say so."
CHANGED = (
    "Its answers or documents were changed after you opened the page. Read its public version again, then certify."
)
NOT_RETURNED = "It does not wait for a correction any more."


@dataclass(frozen=True)
class Given:
    """What a person certifies: the statements as {question key: "yes"}, that the public versions were read, and that
    what was not changed since its return is meant so.
    """

    certified: Mapping[str, str]
    was_read: bool
    unchanged: bool = False


def digest_of(petition: Petition) -> str:
    """Return what names the answers and files of a petition as they are worked on now."""
    return content_of(petition).digest(petition)


def resubmit_many(seen: Mapping[UUID, str], *, given: Given, by: User, at: datetime) -> int:
    """File returned petitions again, each as `filing.petitions.submit` does; return how many.

    `seen` are the digests of what the person read, by petition. Raises SomeRefused, with nothing filed, where one
    refuses, was changed meanwhile or is not the person's; Incomplete for none or too many, and by field where the
    public versions were not read or a statement is missing.
    """
    mine = _returned(list(seen), by, at)
    missing = {said for one in mine for said in certification_problems(one.round, given.certified)}
    fields = {"was_read": [] if given.was_read else [NOT_READ], "certified": sorted(missing)}
    if any(fields.values()):
        raise Incomplete(fields={name: said for name, said in fields.items() if said})
    judged = {one.pk: with_judged_files(one, lambda found: found) for one in mine[:MOST]}

    def resubmit(petition: Petition) -> None:
        if petition.status != Status.RETURNED:
            raise WrongState(NOT_RETURNED)
        if digest_of(petition) != seen[petition.pk]:
            raise Conflict(CHANGED)
        _submit(petition, judged.get(petition.pk), given, by, at)

    return do_to_each_own(seen.keys(), resubmit, by=by, at=at)


def _returned(keys: list[UUID], by: User, at: datetime) -> list[Petition]:
    mine = Petition.objects.owned_by(by, at).filter(pk__in=keys, status=Status.RETURNED).order_by("pk")
    return list(mine.select_related("round", "organization", "filer_organization"))


def _submit(petition: Petition, judged: JudgedFiles | None, given: Given, by: User, at: datetime) -> None:
    if judged is None:  # it was returned after the files of the others were read
        raise Conflict(CHANGED)
    try:
        submit_judged(
            petition,
            by=by,
            at=at,
            certified=given.certified,
            judged=judged,
            revision=petition.revision,
            unchanged=given.unchanged,
        )
    except FilesChanged as changed:
        raise Conflict(CHANGED) from changed
