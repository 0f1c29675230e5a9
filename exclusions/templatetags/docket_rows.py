"""The rows of the docket's list."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from exclusions.facts.fictional import FICTIONAL, demo_dockets
from exclusions.queries.public.docket_columns import ListRow
from exclusions.templatetags.rows import draw_rows
from exclusions.templatetags.tariff_format import tone
from exclusions.wording.found_words import finder
from exclusions.workflow.states import Stage

register = template.Library()


class Badge(NamedTuple):
    """A stage in a short badge, and in plain letters beside it what happens in it: a long badge takes three lines."""

    tone: str
    name: str
    what: str


def _badge(stage: Stage) -> Badge:
    name, _, what = stage.label.partition(": ")
    return Badge(tone(stage), name, what)


STAGES = {stage.value: _badge(stage) for stage in Stage}
BLANK = [("Not given in the docket", False)]
Pieces = list[tuple[str, bool]]


class Row(NamedTuple):
    """A petition of the list, and what its row says otherwise than it was read; texts in pieces, each with whether it
    is one of the words that were looked for.
    """

    petition: ListRow
    is_fictional: bool
    product: Pieces
    organization: Pieces
    badge: Badge
    is_open: bool


def splitter(words: str) -> Callable[[str], Pieces]:
    """Return what takes a text apart at the words that were looked for."""
    if not words:
        return lambda text: [(text, False)]
    find = finder(words)

    def split(text: str) -> Pieces:
        pieces: Pieces = []
        done = 0
        for begin, end in find(text):
            pieces += [(text[done:begin], False), (text[begin:end], True)]
            done = end
        return [*pieces, (text[done:], False)]

    return split


@register.simple_tag
def docket_rows(rows: Iterable[ListRow], now: datetime, words: str = "") -> SafeString:
    """Return the table rows of petitions; `words` are marked in them."""
    return draw_rows("docket.html", rows=_rows(rows, now, splitter(words)), fictional=FICTIONAL)


def _rows(rows: Iterable[ListRow], now: datetime, pieces: Callable[[str], Pieces]) -> Iterator[Row]:
    invented = demo_dockets()
    for one in rows:
        closes = one.response_closes_at
        undecided = not one.decided_on and not one.historical and one.stage == Stage.STAGE1
        yield Row(
            one,
            one.reference.rpartition("-")[0] in invented,
            pieces(one.product_name) if one.product_name else BLANK,
            pieces(one.organization_name) if one.organization_name else BLANK,
            STAGES[one.stage],
            undecided and closes is not None and closes >= now,
        )
