"""The rows of the docket's list: it is the most read page, and Jinja2 draws it in a tenth of the time."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django import template
from django.utils.safestring import SafeString

from exclusions.facts.fictional import FICTIONAL, demo_dockets
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
BLANK = "Not given in the docket"


def splitter(words: str) -> Callable[[str], list[tuple[str, bool]]]:
    """Return what takes a text apart: each piece, and whether it is one of the words that were looked for."""
    if not words:
        return lambda text: [(text, False)]
    find = finder(words)

    def split(text: str) -> list[tuple[str, bool]]:
        pieces, done = [], 0
        for begin, end in find(text):
            pieces += [(text[done:begin], False), (text[begin:end], True)]
            done = end
        return [*pieces, (text[done:], False)]

    return split


@register.simple_tag
def docket_rows(rows: Iterable[tuple[Any, ...]], now: datetime, words: str = "") -> SafeString:
    """Return the table rows of petitions given as tuples of `docket_pages.LIST_COLUMNS`; `words` are marked in them."""
    return draw_rows(
        "docket.html",
        rows=rows,
        now=now,
        pieces=splitter(words),
        stages=STAGES,
        open_stage=Stage.STAGE1.value,
        invented=demo_dockets(),
        fictional=FICTIONAL,
        blank=BLANK,
    )
