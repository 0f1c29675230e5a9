"""Tables and lists of cases that are built in one go: what people typed is text in them, and never markup."""

from datetime import UTC, date, datetime

from exclusions.queries.agency.related import PriorDecision
from exclusions.queries.desk.plain_search import Found
from exclusions.templatetags.stored_case_rows import decided_before, found_cases

HOSTILE = '<b>Bolts & "nuts"</b>'
ESCAPED = "&lt;b&gt;Bolts &amp; &quot;nuts&quot;&lt;/b&gt;"
SIGNED = datetime(2026, 11, 14, 22, 15, tzinfo=UTC)


def test_a_found_case_is_printed_as_text() -> None:
    case = Found("X-1", "historical", HOSTILE, "8903100060", HOSTILE, "denied", date(2019, 6, 30), date(2019, 7, 1))
    table = found_cases([case, case._replace(kind="live", decided_on=None)], 1)
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
    item = decided_before([decision])
    assert item.startswith(
        f'<li><a href="/review/X-1/">X-1</a>, {ESCAPED}, <span class="tc-number">8903.10.0060</span>'
    )
    assert "<strong>deny</strong> (DR1, DR2), Sat, Nov 14, 2026, 5:15 p.m. ET. " in item
    assert item.endswith("x…</li>")
    assert item.count(ESCAPED) == 2
    assert "()" not in decided_before([decision._replace(denial_codes=[], rationale="Bolts.")])
