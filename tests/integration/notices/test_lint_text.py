"""lint_text: product texts one a line in, one row a remark out, by the number of the line."""

import csv
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

NUMBER = "(described in statistical reporting number 8481.80.3090)"


def linted(*arguments: object) -> list[dict[str, str]]:
    out = StringIO()
    call_command("lint_text", *map(str, arguments), stdout=out, stderr=StringIO())
    assert out.getvalue().startswith("line,rule,words,remedy\n")
    return list(csv.DictReader(StringIO(out.getvalue())))


def test_each_remark_stands_beside_the_number_of_its_line_and_clean_texts_give_none(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(f"Ball valves of steel {NUMBER}\n\nFlowMate® ball valves {NUMBER}\nPads\n", encoding="utf-8")
    found = linted(file)
    assert [(row["line"], row["rule"]) for row in found] == [("3", "brand"), ("4", "number"), ("4", "bare-noun")]
    assert found[0]["words"] == "FlowMate®"
    assert found[0]["remedy"].startswith("Leave it out: “ball valves”.")


def test_texts_come_from_standard_input_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(f"Pads, 3 to 5 cm {NUMBER}\n"))
    assert [(row["line"], row["words"]) for row in linted()] == [("1", "3 to 5 cm")]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        linted(tmp_path / "none.txt")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="not UTF-8"):
        linted(tmp_path / "bytes.txt")
