"""Each criterion of a case: what was found on it, and which passages of the record bear on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from exclusions.criteria import Criterion
from exclusions.facts.forms import criteria_of
from exclusions.models import Finding, Petition
from exclusions.queries.agency.case import MADE
from exclusions.queries.agency.case_rows import is_read
from exclusions.queries.agency.passages import Passage, cited
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


def criterion_states(petition: Petition, down: Down, found: Mapping[str, Passage]) -> list[CriterionState]:
    """Return each criterion of the round, in its order, with its findings; `down`: what the reader may not read.

    `found` are the passages of the case as the reader sees them. No statement where the record has been read.
    """
    made: dict[str, list[Finding]] = {}
    findings = petition.findings.all() if is_read(petition) else petition.findings.select_related("made_by")
    for finding in sorted(findings, key=MADE):
        made.setdefault(finding.criterion, []).append(finding)
    return [_state(criterion, made.get(criterion.key, []), down, found) for criterion in criteria_of(petition.round)]


def _state(criterion: Criterion, made: list[Finding], down: Down, found: Mapping[str, Passage]) -> CriterionState:
    last, earlier = (made[-1], made[:-1]) if made else (None, [])
    taken = down.any_of(Kind.FINDING, criterion.key)
    if last and taken:
        last.reasons, earlier = in_its_place(taken), []
    return CriterionState(
        criterion, last, cited(found, last.citations) if last else [], earlier, *bearing_on(criterion, found)
    )


def bearing_on(criterion: Criterion, found: Mapping[str, Passage]) -> tuple[list[Passage], list[Passage]]:
    """Return the passages that bear on a criterion, and the rest, each in the order of the record.

    Of the responses that do not bear on it the rest has each as a whole, not its single answers.
    """
    bearing: list[Passage] = []
    others: list[Passage] = []
    for passage in found.values():
        keys = criterion.evidence_keys if passage.citation.startswith("answer:") else criterion.response_keys
        if passage.question in keys:
            bearing.append(passage)
        elif not (passage.citation.startswith("response:") and passage.citation.count(":") > 1):
            others.append(passage)
    return bearing, others
