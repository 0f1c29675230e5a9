"""What came to many cases beside their answers, and what of each may be cited in public; read for all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from exclusions.facts.forms import petition_form
from exclusions.models import Document, Petition, Reply, Response
from exclusions.permissions.leaks import sealed_answers
from exclusions.queries.casework.case.evidence import public_steps
from exclusions.queries.casework.case.passages import Passage, passages, passages_of
from exclusions.queries.record.taken_down import Down, down_of_each
from exclusions.workflow.public_things import Kind


@dataclass
class Filed:
    """The references of the posted responses to a case, those with a reply, and whether files came with any of it."""

    responses: list[str] = field(default_factory=list)
    replied: set[str] = field(default_factory=set)
    has_files: bool = False

    @property
    def own(self) -> list[str]:
        """What a finding cites where it cites each case's own responses."""
        replies = [f"reply:{name}" for name in self.responses if name in self.replied]
        return [*(f"response:{name}" for name in self.responses), *replies]


def filed_with_each(petitions: Iterable[UUID]) -> dict[UUID, Filed]:
    """Return what came to each of these cases, by key; four statements."""
    found = {key: Filed() for key in petitions}
    posted = Response.objects.filter(petition__in=list(found), status=Response.Status.POSTED).order_by(
        "posted_at", "pk"
    )
    for key, reference in posted.values_list("petition_id", "reference"):
        found[key].responses.append(str(reference))
    replied = Reply.objects.let_through().filter(response__petition__in=list(found))
    for key, reference in replied.values_list("response__petition_id", "response__reference"):
        found[key].replied.add(str(reference))
    files = Document.objects.filter(removed_at__isnull=True)
    for of in ("petition", "response__petition"):
        for key in files.filter(**{f"{of}__in": list(found)}).values_list(of, flat=True):
            found[key].has_files = True
    return found


def public_passages_of_each(
    petitions: Mapping[UUID, Petition], filed: Mapping[UUID, Filed]
) -> dict[UUID, dict[str, Passage]]:
    """Return what may be cited in public of each of these cases; one statement for those that have answers alone."""
    down = down_of_each(petitions)
    return {key: _passages(petition, filed[key], down[key]) for key, petition in petitions.items()}


def _passages(petition: Petition, filed: Filed, down: Down) -> dict[str, Passage]:
    if filed.responses or filed.has_files:
        return passages_of(petition, whole=False)
    steps = public_steps(
        petition_form(petition.round), sealed_answers(petition), down.file_names, down.placing(Kind.ANSWER)
    )
    return passages(petition.round, steps, (), ())
