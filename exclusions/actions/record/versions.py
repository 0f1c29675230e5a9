"""The answers of a petition as they are worked on and as they are sealed, and the numbers that filings get."""

from datetime import datetime

from django.db.models import F

from exclusions.errors import WrongState
from exclusions.models import Petition, PetitionVersion, PublicPetition, ReferenceSequence, Round, User
from exclusions.models.petition import answers_sha256


def open_version(petition: Petition) -> PetitionVersion:
    """Return the version that may still change; WrongState when every version is sealed."""
    version = petition.versions.open().newest()
    if version is None:
        raise WrongState(f"{petition} has been submitted. You can no longer change its answers.")
    version.petition = petition
    return version


def reopen_answers(petition: Petition, *, at: datetime) -> PetitionVersion:
    """Return a new open version with the answers last sealed, less the certification; the open one where there is one.

    Call it when a petition is returned for correction: what was certified stays as it was, and is certified anew.
    """
    latest = petition.versions.newest()
    if latest is not None and latest.sealed_at is None:
        return latest
    kept = {key: value for key, value in (latest.answers if latest else {}).items() if not key.startswith("certify_")}
    return PetitionVersion.objects.create(
        petition=petition, number=latest.number + 1 if latest else 1, answers=kept, saved_at=at
    )


def seal(version: PetitionVersion, *, by: User, at: datetime) -> PetitionVersion:
    """Seal the answers with the person, the moment and their sha256; the database refuses changes from then on."""
    version.sealed_at = version.saved_at = at
    version.sealed_by = version.saved_by = by
    version.sha256 = answers_sha256(version.answers)
    version.save(update_fields=["answers", "saved_at", "saved_by", "sealed_at", "sealed_by", "sha256"])
    return version


def next_reference(round: Round) -> str:
    """Return the next reference of the round's docket, as USTR-2019-0005-012345: docket and six digits.

    Call it in the transaction of the filing: the sequence's row is locked until that ends, so that no number is given
    twice and none is lost.
    """
    sequence, _ = ReferenceSequence.objects.select_for_update().get_or_create(docket=round.docket)
    sequence.last += 1
    if PublicPetition.objects.filter(reference=f"{round.docket}-{sequence.last:06d}").exists():
        sequence.last = _last_published(round) + 1  # a docket loaded from a spreadsheet brought its own numbers
    sequence.save(update_fields=["last"])
    return f"{round.docket}-{sequence.last:06d}"


def next_references(round: Round, count: int) -> list[str]:
    """Return the next so many references of the round's docket, as `next_reference` does for one."""
    if not count:
        return []
    docket, _, first = next_reference(round).rpartition("-")
    ReferenceSequence.objects.filter(docket=round.docket).update(last=F("last") + count - 1)
    return [f"{docket}-{number:06d}" for number in range(int(first), int(first) + count)]


def _last_published(round: Round) -> int:
    references = PublicPetition.objects.filter(docket=round.docket).values_list("reference", flat=True)
    return max((int(tail) for tail in (text.rpartition("-")[2] for text in references) if tail.isdigit()), default=0)
