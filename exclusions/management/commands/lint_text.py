"""Say what the style rules of exclusion texts make of product texts, one a line, in CSV: one row a remark."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exclusions.wording import Known, lint

HEADER = ("line", "rule", "words", "remedy")
LONGEST = 20_000  # characters; no text of the annex has 2,000


class Command(BaseCommand):
    """Reads and changes nothing of the database. A line that is blank or without fault gives no row."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "file", nargs="?", type=Path, help="a UTF-8 file with one text per line (default: standard input)"
        )

    def handle(self, *, file: Path | None = None, **_: Any) -> None:
        """Print the rows, then say in numbers what was found."""
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(HEADER)
        texts = faulty = remarks = 0
        for number, text in enumerate(_lines(file), start=1):
            if not text.strip():
                continue
            rows = list(_rows(number, text))
            writer.writerows(rows)
            texts, faulty, remarks = texts + 1, faulty + bool(rows), remarks + len(rows)
        self.stderr.write(f"{texts:,} texts: {faulty:,} with {remarks:,} remarks, {texts - faulty:,} without.")


def _rows(number: int, text: str) -> Iterator[tuple[object, ...]]:
    if len(text) > LONGEST:
        yield number, "too-long", "", f"The line has {len(text):,} characters. Put one product text on each line."
        return
    for remark in lint(text, Known(annex=True)):
        yield number, remark.rule, remark.words or remark.what, remark.remedy


def _lines(file: Path | None) -> Iterable[str]:
    name = str(file) if file else "standard input"
    try:
        if file is None:
            yield from (line.rstrip("\r\n") for line in sys.stdin)
            return
        with file.open(encoding="utf-8-sig", newline=None) as lines:
            yield from (line.rstrip("\n") for line in lines)
    except OSError as error:
        raise CommandError(
            f"{name} cannot be read ({error.strerror}). Name a text file with one text a line."
        ) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 text. Save it as UTF-8, one product text a line.") from error
