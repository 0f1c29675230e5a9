"""Each criterion of a case: what was found on it, and which passages of the record bear on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from exclusions.criteria import Criterion
from exclusions.facts.forms import criteria_of
from exclusions.models import Finding, Petition
from exclusions.queries.casework.case.case import MADE
from exclusions.queries.casework.case.evidence import UNANSWERED
from exclusions.queries.casework.case.passages import Passage, cited
from exclusions.queries.record.taken_down import Down, in_its_place
from exclusions.workflow.public_things import Kind


@dataclass(frozen=True)
class CriterionState:
    """One criterion of the round with its current finding, what that cites, and the earlier ones.

    `bearing` are the answers and responses that bear on the criterion, `others` the rest of the record.
    """

    criterion: Criterion
    finding: Finding | None
    citations: list[Passage]
    earlier: list[Finding]
    bearing: list[Passage]
    others: list[Passage]
    found: Finding | None = None  # in which the current one was made: where citations were added since, another row

    @property
    def before(self) -> list[Finding]:
        """The earlier ones that said something else."""
        return [row for row in self.earlier if self.found is None or MADE(row) < MADE(self.found)]


def criterion_states(
    petition: Petition, down: Down, found: Mapping[str, Passage], *, bearing: bool = True
) -> list[CriterionState]:
    """Return each criterion of the round, in its order, with its findings; `down`: what the reader may not read.

    `found` are the passages of the case as the reader sees them; which of them bear on a criterion is not told without
    `bearing`.
    """
    made: dict[str, list[Finding]] = {}
    for finding in sorted(petition.findings.all(), key=MADE):
        made.setdefault(finding.criterion, []).append(finding)
    sorts = _sorts(found) if bearing else []
    return [
        _state(criterion, made.get(criterion.key, []), down, found, sorts) for criterion in criteria_of(petition.round)
    ]


def _state(
    criterion: Criterion, made: list[Finding], down: Down, known: Mapping[str, Passage], sorts: list["_Sort"]
) -> CriterionState:
    last, earlier = (made[-1], made[:-1]) if made else (None, [])
    found = _first_of_its_words(made)
    taken = down.any_of(Kind.FINDING, criterion.key)
    if last and taken:
        last.reasons, earlier = in_its_place(taken), []
    return CriterionState(
        criterion, last, cited(known, last.citations) if last else [], earlier, *_bearing(criterion, sorts), found
    )


def _first_of_its_words(made: list[Finding]) -> Finding | None:
    """Return the finding that the last one repeats word for word, with more citations; itself where it does not."""
    found = made[-1] if made else None
    for row in reversed(made[:-1]):
        if found is None or (row.result, row.reasons, row.level) != (found.result, found.reasons, found.level):
            break
        found = row
    return found


def bearing_on(criterion: Criterion, found: Mapping[str, Passage]) -> tuple[list[Passage], list[Passage]]:
    """Return the passages that bear on a criterion, and the rest, each in the order of the record.

    Of the responses that do not bear on it the rest has each as a whole, not its single answers, and no question
    without an answer.
    """
    return _bearing(criterion, _sorts(found))


_Sort = tuple[Passage, bool]  # a passage, and whether it is of interest to the criteria on which it bears alone


def _sorts(found: Mapping[str, Passage]) -> list[_Sort]:
    """Return what each passage is of: told once, and then asked for each criterion."""
    return [(passage, _is_part(passage.citation)) for passage in found.values()]


def _is_part(citation: str) -> bool:
    return citation.startswith(f"{UNANSWERED}:") or (citation.startswith("response:") and citation.count(":") > 1)


def _bearing(criterion: Criterion, sorts: list[_Sort]) -> tuple[list[Passage], list[Passage]]:
    bearing: list[Passage] = []
    others: list[Passage] = []
    for passage, is_part in sorts:
        # A document may bear on anything, and is offered among the rest.
        if passage.question and criterion.bears(passage.citation):
            bearing.append(passage)
        elif not is_part:
            others.append(passage)
    return bearing, others
