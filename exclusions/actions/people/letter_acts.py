"""What two persons do about the templates of letters: put a version in force."""

from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, WrongState
from exclusions.models import LetterTemplate
from exclusions.queries.notices.letter_templates import faults_of, in_force


def _ground(key: str, facts: Facts) -> Ground:
    rows = LetterTemplate.objects.select_for_update()
    version = rows.filter(pk=int(key) if key.isascii() and key.isdigit() else 0).first()
    if version is None:
        raise WrongState("There is no such version of a template.")
    if version.in_force_at:
        raise WrongState("This version was in force before. To use its words again, write them as a new version.")
    found = faults_of(version.kind, version.text)
    if found:
        raise Incomplete(*found)
    now = in_force(version.kind)
    summary = f"Set letters “{version.get_kind_display()}” by version {version.number} of their template"
    return Ground(summary, {"what is in force": now.number if now else 0}, found=version)


def _use(key: str, facts: Facts, carried: Carried) -> None:
    """Use a version for the letters to come; those that were issued stay as they are."""
    version: LetterTemplate = carried.found
    version.in_force_at = carried.at
    version.save(update_fields=["in_force_at"])
    record_event(
        f"letter_template:{key}", "use_template", by=carried.by, at=carried.at, reason=carried.reason, data=carried.data
    )


LETTER_ACTS = {"use_template": ActBody(_ground, _use)}
