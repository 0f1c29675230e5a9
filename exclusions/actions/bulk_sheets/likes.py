"""Rows of a sheet that may be one petition, and rows that repeat what is on file: advice, noted as they are checked.

Rows are compared inside one number and name alone, with so many others at most. What is told of petitions is the
requester's own and the public docket: never another's petition that is not posted.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from exclusions.actions.bulk_sheets.judging import Judge
from exclusions.hts import dotted
from exclusions.likeness.cases import Kind, Row, name_key
from exclusions.models import BulkRow, BulkSheet, PublicPetition
from exclusions.permissions.filing_facts import NUMBER_KEY, number_of

MOST = 200  # that a row is compared with
FIELDS = ("name_key", "like_line", "repeats")
NAME, TEXT = "product_name", "product_description"


class Likener:
    """Compares row after row of one sheet; what the docket has of a number is asked once."""

    def __init__(self, sheet: BulkSheet, judge: Judge) -> None:
        self._sheet, self._judge = sheet, judge
        self._posted: dict[str, list[tuple[str, str, str]]] = {}
        self._kinds: dict[int, Kind] = {}

    def note(self, rows: Sequence[BulkRow]) -> None:
        """Set on each of these rows which earlier row it is like, and what is on file already. The caller saves them.

        A row that is checked again and names what it named stays as it is.
        """
        answers = {row.pk: self._judge.answers(row) for row in rows}
        self._read_posted({number for given in answers.values() if (number := number_of(given))})
        named = {row.pk: self._key(given) for row, given in zip(rows, answers.values(), strict=True)}
        anew = [row for row in rows if row.name_key != named[row.pk]]
        heads = self._heads({named[row.pk] for row in anew} - {""}, [row.pk for row in anew])
        for row in anew:
            row.name_key, row.like_line = named[row.pk], None
            if row.name_key:
                self._place(row, answers[row.pk], heads.setdefault(row.name_key, []))
        for row in rows:
            row.repeats = list(self._repeats(answers[row.pk], named[row.pk]))

    def _place(self, row: BulkRow, answers: dict[str, Any], heads: list[BulkRow]) -> None:
        kind = self._kinds[row.pk] = self._kind(answers)
        for head in heads[:MOST]:
            if kind.near(self._kind_of(head)).near:
                row.like_line = head.number
                return
        heads.append(row)

    def _heads(self, keys: set[str], but: list[int]) -> dict[str, list[BulkRow]]:
        """Return the first rows of each name, which others are like. One statement."""
        found: dict[str, list[BulkRow]] = {}
        if keys:
            turn = Window(RowNumber(), partition_by=F("name_key"), order_by=F("number").asc())
            rows = self._sheet.rows.filter(name_key__in=keys, like_line__isnull=True, drafted_at__isnull=True)
            for head in rows.exclude(pk__in=but).annotate(turn=turn).filter(turn__lte=MOST).order_by("number"):
                found.setdefault(head.name_key, []).append(head)
        return found

    def _key(self, answers: dict[str, Any]) -> str:
        number, name = number_of(answers), str(answers.get(NAME, ""))
        return name_key(Row("", number, name)) if number and name else ""

    def _kind(self, answers: dict[str, Any]) -> Kind:
        name, text = str(answers.get(NAME, "")), str(answers.get(TEXT, ""))
        return Kind.from_row(Row("", number_of(answers), name, text, requester=self._sheet.organization.legal_name))

    def _kind_of(self, row: BulkRow) -> Kind:
        if row.pk not in self._kinds:
            self._kinds[row.pk] = self._kind(self._judge.answers(row))
        return self._kinds[row.pk]

    def _read_posted(self, numbers: set[str]) -> None:
        """Read the petitions of the round's docket for numbers that were not asked for yet. One statement."""
        new = numbers - self._posted.keys()
        self._posted |= {number: [] for number in new}
        if not new:
            return
        turn = Window(RowNumber(), partition_by=F("hts10"), order_by=F("reference").desc())
        posted = PublicPetition.objects.filter(docket=self._sheet.round.docket, hts10__in=new)
        rows = posted.annotate(turn=turn).filter(turn__lte=MOST).order_by("reference")
        for number, reference, name in rows.values_list("hts10", "reference", "product_name"):
            self._posted[number].append((name_key(Row("", number, name)), reference, name))

    def _repeats(self, answers: dict[str, Any], key: str) -> Iterator[str]:
        """Yield what there is already of the same number and name: the requester's own first."""
        own = self._judge.repeats(answers)
        yield from own
        for theirs, reference, name in self._posted.get(number_of(answers), ()) if key else ():
            if theirs == key and not any(reference in said for said in own):
                number = dotted(str(answers[NUMBER_KEY]))
                yield f"The docket has a petition for “{name}” under {number} already ({reference})."


def compare_anew(sheet: BulkSheet, changed: Sequence[BulkRow]) -> None:
    """Let rows whose cells changed be compared anew, and checked again those that were like them. The caller saves
    the former.
    """
    for row in changed:
        row.name_key, row.like_line = "", None
    like = sheet.rows.filter(like_line__in=[row.number for row in changed], drafted_at__isnull=True)
    like.update(name_key="", like_line=None, faults=[], state=BulkRow.State.WAITING)
