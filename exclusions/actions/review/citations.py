"""What a desk past level 1 adds to findings on record: citations, where these were made before any were asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from exclusions import criteria
from exclusions.actions.record.many.batch import Batch, act_of
from exclusions.actions.review.case_entries import case_entry
from exclusions.errors import Conflict, Incomplete
from exclusions.models import Finding, Petition, User
from exclusions.permissions.arguments.findings import lacks_citation
from exclusions.permissions.arguments.marked import findings_now
from exclusions.queries.casework.case.evidence import not_citable


def add_citations(
    petition: Petition,
    *,
    citations: Mapping[str, Sequence[str]],
    by: User,
    at: datetime,
    seen: Mapping[str, int] | None = None,
    batch: Batch | None = None,
) -> list[Finding]:
    """Add citations to the current findings on these criteria, which stay as they are otherwise; return them anew.

    Result, reasons and level are those of who found. `seen` is the key of each finding as the page showed it. Raises
    NotPermitted, WrongState, Conflict, Incomplete (each field with its criterion before it: `availability-citations`).
    """
    data = {"criteria": sorted(citations)}
    with case_entry(petition, "citations", by=by, at=at, words={}, data=data, batch=batch) as locked:
        if not citations:
            raise Incomplete("Tick what in the record bears on at least one of the findings.")
        made, fields, more = findings_now(locked), dict[str, list[str]](), list[Finding]()
        for key, wanted in citations.items():
            if seen is not None and key in made and seen.get(key) != made[key].pk:
                title = criteria.get(key).title
                raise Conflict(
                    f"The finding on “{title}” was replaced after you opened this page. Read the new one first."
                )
            if said := _fault(locked, made.get(key), wanted):
                fields[f"{key}-citations"] = [said]
                continue
            more.append(_with_more(made[key], wanted, by, at, batch))
            if said := lacks_citation(more[-1]):
                fields[f"{key}-citations"] = [said]
        if fields:
            raise Incomplete(*(said[0] for said in fields.values()), fields=fields)
        for finding in more:
            finding.save()
        return more


def _fault(petition: Petition, finding: Finding | None, wanted: Sequence[str]) -> str:
    """Return why these citations cannot be added to a finding, or ""."""
    if finding is None:
        return "There is no finding on this criterion to which anything could be added. Record one."
    if unknown := not_citable(petition, wanted):
        return f"Not in the record of this petition: {', '.join(unknown)}."
    if not set(wanted) - set(finding.citations):
        return "Tick what in the record bears on this finding, and is not cited yet."
    return ""


def _with_more(finding: Finding, wanted: Sequence[str], by: User, at: datetime, batch: Batch | None) -> Finding:
    """Return a finding once more, not yet written, with the citations that are added."""
    return Finding(
        petition=finding.petition,
        criterion=finding.criterion,
        result=finding.result,
        reasons=finding.reasons,
        confidential_note=finding.confidential_note,
        citations=list(dict.fromkeys([*finding.citations, *wanted])),
        level=finding.level,
        made_by=by,
        made_at=at,
        joint=act_of(batch),
    )
