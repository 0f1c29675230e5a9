"""What is asked of a finding beside its result: whether its reasons are its own, and its sources cited.

A finding that was made before citations were asked for stays as it is: the desk at which its case stands adds them.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from exclusions import criteria
from exclusions.checks.substance import questions
from exclusions.facts.forms import question_numbers
from exclusions.models import Finding, Petition
from exclusions.permissions.arguments.marked import findings_now

HERE = "The desk that has the case adds it to the finding, on the page of findings."


def asked_about(
    petition: Petition,
    criterion: str,
    reasons: str,
    citations: Collection[str],
    beside: Mapping[str, str] | None = None,
) -> list[str]:
    """Return what a reviewer is asked about reasons that repeat those on another criterion, or name what is uncited.

    `beside` are the reasons that are entered with them, by criterion.
    """
    others = {key: row.reasons for key, row in findings_now(petition).items()} | dict(beside or {})
    titled = {criteria.get(key).title: text for key, text in others.items() if key != criterion}
    return questions(reasons, citations, others=titled, numbers=question_numbers(petition.round))


def uncited(petition: Petition) -> dict[str, str]:
    """Return for each criterion whose current finding lacks a citation what it lacks, in the order of the round."""
    made = findings_now(petition)
    faults = {key: lacks_citation(made[key]) for key in petition.round.criteria if key in made}
    return {key: fault for key, fault in faults.items() if fault}


def lacks_citation(finding: Finding) -> str:
    """Return what a finding on record lacks in its citations, or ""."""
    return criteria.get(finding.criterion).citation_fault(finding.result, finding.citations)


def findings_cited(petition: Petition, user: object, at: datetime, data: Mapping[str, Any] | None) -> list[str]:
    """Each current finding cites what bears on its criterion; asked when a transition is taken."""
    return [] if data is None else [f"{fault} {HERE}" for fault in uncited(petition).values()]
