"""What a reviewer is asked about the reasons of a finding before they go on record, and may confirm."""

from collections.abc import Collection, Mapping

from exclusions import criteria
from exclusions.checks.finding_reasons import questions
from exclusions.errors import Incomplete
from exclusions.facts.forms import question_numbers
from exclusions.models import Petition
from exclusions.permissions.arguments.marked import findings_now

FIELD = "meant"


def require_meant(
    petition: Petition,
    criterion: str,
    reasons: str,
    citations: Collection[str],
    *,
    beside: Mapping[str, str] | None = None,
    prefix: str = "",
) -> None:
    """Raise Incomplete, at the field `meant`, where reasons repeat those on another criterion or name what is uncited.

    `beside` are reasons that are entered with them, by criterion; `prefix` what the name of the field begins with.
    """
    others = {key: row.reasons for key, row in findings_now(petition).items()} | dict(beside or {})
    titled = {criteria.get(key).title: text for key, text in others.items() if key != criterion}
    asked = questions(reasons, citations, others=titled, numbers=question_numbers(petition.round))
    if asked:
        raise Incomplete(*asked, fields={f"{prefix}{FIELD}": asked})
