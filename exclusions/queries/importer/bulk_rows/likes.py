"""Rows of a bulk sheet that may be one petition, and rows that repeat what is on file, as their owners see them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from exclusions.facts.forms import petition_form
from exclusions.likeness.near import COLORS
from exclusions.models import BulkRow, BulkSheet
from exclusions.permissions.importer.bulk_rows import cells_of
from exclusions.questionnaires import Kind
from exclusions.questionnaires.sheet_columns import Heading, headings

MOST_ROWS = 50  # of a group, in which it is told how they differ
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+(?:[-./'][^\W_]+)*")
_WORDED = (Kind.TEXT, Kind.LONG_TEXT)


@dataclass(frozen=True)
class Likes:
    """How many groups of like rows there are, and how many rows repeat what is on file."""

    groups: int
    repeats: int


@dataclass(frozen=True)
class LikeRows:
    """Rows that may be one petition: their product, how many, the lines of the first, and in which answers they differ.

    `differs` names a question, with the words of public answers. `in_color_only`: their public words differ in colors.
    """

    product: str
    count: int
    lines: list[int]
    differs: list[str]
    in_color_only: bool

    @property
    def more(self) -> int:
        """How many rows are not listed."""
        return self.count - len(self.lines)


def likes_of(sheet: BulkSheet) -> Likes:
    """Return how many groups of like rows a sheet has, and how many rows with repeats. Two statements."""
    return Likes(like_groups(sheet).count(), rows_with_repeats(sheet).count())


def rows_with_repeats(sheet: BulkSheet) -> QuerySet[BulkRow]:
    """Return the rows that repeat what is on file, in the order of the table."""
    return sheet.rows.filter(drafted_at__isnull=True).exclude(repeats=[]).order_by("number")


def like_groups(sheet: BulkSheet) -> QuerySet[BulkRow, Any]:
    """Return the groups of rows that are no drafts, by the line that the others are like, the largest first."""
    like = sheet.rows.filter(drafted_at__isnull=True, like_line__isnull=False)
    return like.values("like_line").annotate(count=Count("pk")).order_by("-count", "like_line")


def shown_likes(sheet: BulkSheet, groups: Sequence[Mapping[str, Any]]) -> list[LikeRows]:
    """Return groups as their page shows them. One statement."""
    lines = [group["like_line"] for group in groups]
    turn = Window(RowNumber(), partition_by=F("like_line"), order_by=F("number").asc())
    rows = sheet.rows.filter(Q(number__in=lines) | Q(like_line__in=lines), drafted_at__isnull=True)
    found: dict[int, list[BulkRow]] = {}
    for row in rows.annotate(turn=turn).filter(Q(like_line__isnull=True) | Q(turn__lt=MOST_ROWS)).order_by("number"):
        found.setdefault(row.like_line or row.number, []).append(row)
    columns = headings(petition_form(sheet.round))
    counts = {group["like_line"]: int(group["count"]) for group in groups}
    return [_likes(sheet, columns, found.get(line, []), counts[line], line) for line in lines]


def _likes(sheet: BulkSheet, columns: Sequence[Heading], rows: Sequence[BulkRow], count: int, line: int) -> LikeRows:
    cells = [cells_of(sheet, row) for row in rows]
    differs: dict[str, list[str]] = {}
    for column in columns:
        texts = {one.get(column.name, "") for one in cells}
        if len(texts) > 1:
            worded = column.question.is_public and column.kind in _WORDED
            words = _unlike_words(texts) if worded else []
            differs.setdefault(column.question.label, []).extend(words)
    told = [f"{label} ({', '.join(words[:MOST_WORDS])})" if words else label for label, words in differs.items()]
    colors = bool(differs) and all(words and COLORS.issuperset(words) for words in differs.values())
    has_head = any(row.number == line for row in rows)
    product = cells[0].get("product_name", "") if cells else ""
    return LikeRows(product, count + has_head, [row.number for row in rows], told, colors)


def _unlike_words(texts: set[str]) -> list[str]:
    """Return the words that are not in all of the texts, in their order."""
    said = [list(dict.fromkeys(_WORD.findall(text.casefold()))) for text in sorted(texts)]
    common = set.intersection(*map(set, said))
    return list(dict.fromkeys(word for words in said for word in words if word not in common))
