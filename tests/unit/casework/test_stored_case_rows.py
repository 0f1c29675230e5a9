"""Tables and lists of cases: what people typed is text in them, and never markup."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.template.loader import render_to_string

from exclusions.models import StoredCase
from exclusions.queries.casework.clusters.related import PriorDecision

HOSTILE = '<b>Bolts & "nuts"</b>'
ESCAPED = "&lt;b&gt;Bolts &amp; &quot;nuts&quot;&lt;/b&gt;"
SIGNED = datetime(2026, 11, 14, 22, 15, tzinfo=UTC)


def drawn(name: str, **given: Any) -> str:
    """Return a template without its line breaks."""
    text = " ".join(render_to_string(name, given).split()).replace("&#34;", "&quot;")
    return text.replace("> ", ">").replace(" <", "<")


def found_case(**facts: Any) -> StoredCase:
    """Return a case whose words are hostile, unsaved."""
    given = {"reference": "X-1", "kind": "historical", "requester": HOSTILE, "product": HOSTILE, **facts}
    return StoredCase(hts10="8903100060", outcome="denied", filed_on=date(2019, 6, 30), **given)


def found_cases(cases: Sequence[StoredCase], count: int) -> str:
    """Return the table of cases that were found."""
    return drawn("casework/_stored_cases.html", rows=cases, count=count, heading="Kind", label="Cases found")


def decided_before(*decisions: PriorDecision) -> str:
    """Return the list of decisions on like cases."""
    beside = {"like": {"table": [], "chosen": {}}, "filed_on": SIGNED.date(), "decisions": decisions}
    _, _, listed = drawn("casework/case/_like.html", beside=beside).rpartition("<ul>")
    return listed.partition("</ul>")[0]


def test_a_found_case_is_printed_as_text() -> None:
    table = found_cases([found_case(decided_on=date(2019, 7, 1)), found_case(kind="live")], 1)
    assert table.count(ESCAPED) == 4
    assert "<b>" not in table
    assert "<caption>1 case</caption>" in table
    assert "<caption>2 cases</caption>" in found_cases([], 2)
    assert '<a class="tc-nowrap" href="/review/past/X-1/">X-1</a>' in table
    assert '<a class="tc-nowrap" href="/review/X-1/">X-1</a>' in table
    assert '<td data-label="Outcome">Denied, Mon, Jul 1, 2019</td>' in table
    assert '<td data-label="Outcome">Denied</td>' in table


def test_a_decision_is_printed_as_text_and_no_longer_than_a_glance() -> None:
    decision = PriorDecision("X-1", HOSTILE, "8903100060", "deny", ["DR1", "DR2"], SIGNED, HOSTILE + "x" * 200)
    item = decided_before(decision)
    assert item.startswith(f'<li><a href="/review/X-1/">X-1</a>, {ESCAPED},<span class="tc-number">8903.10.0060</span>')
    assert "<strong>deny</strong>(DR1, DR2), Sat, Nov 14, 2026, 5:15 p.m. ET. " in item
    assert item.endswith("x…</li>")
    assert item.count(ESCAPED) == 2
    assert "()" not in decided_before(decision._replace(denial_codes=[], rationale="Bolts."))
