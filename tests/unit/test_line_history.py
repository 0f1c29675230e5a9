"""Editions may be loaded in any order: the rows come out the same."""

from datetime import date, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from exclusions.actions.loading.line_history import Changes, Span

D1, D2, D3, D4 = (date(2020, month, 1) for month in (1, 4, 7, 10))
DAY = timedelta(days=1)


class Table:
    """The rows of one number, changed as the loader changes them."""

    def __init__(self) -> None:
        self.rows: dict[int, Span[str]] = {}
        self.editions: dict[date, str | None] = {}
        self.last: Changes[str] = Changes()

    def load(self, start: date, content: str | None) -> None:
        following = min((day for day in self.editions if day > start), default=None)
        self.last = changes = Changes[str]()
        changes.splice("8413", list(self.rows.values()), content, start, following)
        for key in changes.deleted:
            del self.rows[key]
        for last, keys in changes.last_days.items():
            for key in keys:
                self.rows[key].valid_to = last
        for first, keys in changes.first_days.items():
            for key in keys:
                self.rows[key].valid_from = first
        for _, first, end, words in changes.created:
            self.rows[max(self.rows, default=0) + 1] = Span(0, first, end, words)
        for key, span in self.rows.items():
            span.key = key
        self.editions[start] = content

    @property
    def spans(self) -> list[tuple[date, date | None, str]]:
        return sorted((span.valid_from, span.valid_to, span.content) for span in self.rows.values())


def expected(editions: dict[date, str | None]) -> list[tuple[date, date | None, str]]:
    """The rows by the definition: one a stretch of neighbouring editions that say the same."""
    days = sorted(editions)
    spans: list[tuple[date, date | None, str]] = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        content = editions[day]
        if content is None:
            continue
        last = following - DAY if following else None
        if spans and spans[-1][2] == content and spans[-1][1] == day - DAY:
            spans[-1] = (spans[-1][0], last, content)
        else:
            spans.append((day, last, content))
    return spans


@given(
    st.dictionaries(st.sampled_from([D1, D2, D3, D4]), st.sampled_from(["a", "b", None]), min_size=1),
)
def test_any_order_gives_the_rows_of_the_definition(editions: dict[date, str | None]) -> None:
    for order in permutations(editions):
        table = Table()
        for day in order:
            table.load(day, editions[day])
        assert table.spans == expected(editions)


@given(
    st.dictionaries(st.sampled_from([D1, D2, D3, D4]), st.sampled_from(["a", "b", None]), min_size=1),
    st.sampled_from([D1, D2, D3, D4]),
    st.sampled_from(["a", "b", None]),
)
def test_edition_may_be_corrected(editions: dict[date, str | None], day: date, content: str | None) -> None:
    table = Table()
    for start, words in editions.items():
        table.load(start, words)
    table.load(day, content)
    assert table.spans == expected({**editions, day: content})


@given(st.dictionaries(st.sampled_from([D1, D2, D3, D4]), st.sampled_from(["a", "b", None]), min_size=1))
def test_second_load_changes_nothing(editions: dict[date, str | None]) -> None:
    table = Table()
    for start, words in editions.items():
        table.load(start, words)
    for start, words in editions.items():
        table.load(start, words)
        assert table.last == Changes()


def test_counts_say_what_happened_to_a_line() -> None:
    table = Table()
    counts = []
    for day, content in [(D1, "a"), (D2, "b"), (D3, None), (D4, None)]:
        table.load(day, content)
        counts.append((table.last.added, table.last.changed, table.last.ended))
    assert counts == [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)]
