"""What the templates of the casework are given, with one text wherever people or files write one."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from exclusions.models import Cluster, StoredCase
from exclusions.queries.casework.clusters.related import PriorDecision

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
DAY = date(2026, 3, 2)
Given = Mapping[str, Any]


def worklist(text: str) -> Given:
    """Return a case over its time that one may choose, and one of nobody."""
    sides = {"agency": 1, "requester": 2, "customs": 3}
    case: dict[str, Any] = {
        name: text for name in ("reference", "product", "number", "requester", "status", "tone", "label", "move")
    }
    case |= {"waiting_responses": 2, "over": 3, "days": 12, "target": 9, "sides": sides, "mine": False, "tags": text}
    rows = [{**case, "assignee": text}, {**case, "assignee": "", "mine": True, "over": 0, "target": 0}]
    return {"rows": rows, "chooses": True, "checked": True}


def clusters(text: str) -> Given:
    """Return a cluster with both outcomes, and one of which little is known."""
    cluster = Cluster(pk=7, title=text, state=Cluster.State.ACCEPTED, hts10=text, size=2)
    row = {"cluster": cluster, "live": 1, "historical": 1200, "outcomes": [(text, 1), (text, 2)], "mixed": True,
           "oldest": DAY, "opposed": 1, "value": 1_000_000}  # fmt: skip
    return {"rows": [row, {**row, "outcomes": [], "mixed": False, "oldest": None, "value": None}], "whole": True,
            "page": {"paginator": {"count": 1200}}}  # fmt: skip


def signing(text: str) -> Given:
    """Return a case whose legal review departs from what was recommended, and one without codes."""
    case: dict[str, Any] = {
        name: text for name in ("reference", "status", "product", "organization", "number", "concluded")
    }
    case |= {"codes": [text, text], "departs": True, "since": NOW}
    return {"cases": [case, {**case, "codes": [], "departs": False}], "checked": True}


def stored_cases(text: str) -> Given:
    """Return like cases, live and past, and why each is one."""
    facts = {"reference": "USTR-2019-0005-0001", "outcome": "denied", "filed_on": DAY}
    facts |= {"requester": text, "hts10": text, "product": text}
    cases = (StoredCase(kind="historical", decided_on=DAY, **facts), StoredCase(kind="live", **facts))
    return {
        "rows": [{"case": one, "why": text} for one in cases],
        "heading": "Why",
        "label": text,
        "count": 2,
    }


def passages(text: str) -> Given:
    """Return passages of an answer and of a file, ticked and not."""
    answer = {"citation": text, "words": text, "text": text, "short": text, "confidential": True, "question": "price"}
    file = {**answer, "text": "", "confidential": False, "question": ""}
    return {"prefix": text, "group": "b", "offered": [(answer, True, ""), (file, False, text)]}


def cited(text: str) -> Given:
    """Return what a finding cites."""
    return {"passages": [{"confidential": True, "words": text, "text": text, "short": text}]}


class Made:
    """A finding, of which all that people wrote is one text."""

    level, made_at, pk = 1, NOW, 7

    def __init__(self, text: str) -> None:
        self.reasons = self.made_by = self.confidential_note = self._result = text

    def get_result_display(self) -> str:
        """Return the result in words."""
        return self._result


def earlier_findings(text: str) -> Given:
    """Return a finding before the current one."""
    return {"earlier": [Made(text)]}


def criteria(text: str) -> Given:
    """Return a criterion with its finding, and one without on which a refused form was sent."""
    criterion = dict.fromkeys(("key", "title", "question", "citation", "denial_code"), text)
    state = {"criterion": criterion, "finding": Made(text), "found": Made(text), "bearing": [text], **cited(text)}
    state["citations"], state["before"] = state.pop("passages"), earlier_findings(text)["earlier"]
    offered = passages(text)["offered"]
    form = {"state": state, "prefix": text, "shown_seen": text, "is_bound": False, "opened": True, "bearing": offered,
            "others": offered, "result_drawn": "", "fields_drawn": ""}  # fmt: skip
    refused = {**form, "state": {**state, "finding": None, "bearing": []}, "is_bound": True, "opened": False,
               "non_field_errors": lambda: text, "citations": {"errors": text}}  # fmt: skip
    return {"forms": [form, refused]}


def like_counts(text: str) -> Given:
    """Return how many cases are related, by outcomes."""
    return {"like": {"outcome_labels": [text], "table": [(text, 3, [(text, 3)])]}}


def around(text: str) -> Given:
    """Return what stands around a case."""
    decision = PriorDecision("USTR-1", text, text, "deny", [text], NOW, "Made here.")
    exclusion = {"reference": "E-1", "heading_dotted": text, "text": "Pumps."}
    like = {"table": [], "chosen": {}, "relations": [(text, text)]}
    return {"beside": {"like": like, "filed_on": DAY, "exclusions": [exclusion], "decisions": [decision]}}


def purchases(text: str) -> Given:
    """Return purchases of an origin with and without a quantity, and their drawing."""
    cells = [{"value": 100, "quantity": 2, "share": 50}, {"value": None, "quantity": None, "share": None}]
    bars = {"label": text, "said": text, "y": 8, "end": 90, "bars": [{"kind": 1, "x": 0, "y": 8, "width": 90}]}
    table = {"unit": text, "periods": [text, text], "rows": [{"label": text, "cells": cells, "change": text}],
             "totals": [100], "compared": text, "chart": [bars], "height": 40}  # fmt: skip
    return {"table": table}


ROWS: Mapping[str, Callable[[str], Given]] = {
    "cited.html": cited,
    "criteria.html": criteria,
    "earlier_findings.html": earlier_findings,
    "passages.html": passages,
    "purchases.html": purchases,
    "signing.html": signing,
    "worklist.html": worklist,
}
PAGES: Mapping[str, Callable[[str], Given]] = {
    "casework/case/_like.html": around,
    "api/_marked.html": lambda text: {"pieces": [(text, False), (text, True)]},
    "casework/_like_counts.html": like_counts,
    "casework/_stored_cases.html": stored_cases,
    "casework/clusters/_table.html": clusters,
}
