"""The files made elsewhere are as they were taken, and ask for nothing that is not here."""

import hashlib
import re
import runpy
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
USWDS = STATIC / "vendor" / "uswds"


def test_every_vendored_file_has_its_recorded_hash() -> None:
    recorded = dict(reversed(line.split("  ", 1)) for line in (USWDS / "SHA256SUMS").read_text().splitlines())
    found = {
        path.relative_to(USWDS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in USWDS.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == recorded


def test_style_sheets_name_only_files_that_are_served_from_here() -> None:
    for sheet in [USWDS / "css" / "uswds.min.css", STATIC / "css" / "uswds.css", STATIC / "css" / "site.css"]:
        text = sheet.read_text()
        assert "sourceMappingURL" not in text
        for target in re.findall(r"url\(([^)]+)\)", text):
            assert (sheet.parent / target.strip("\"'")).is_file(), f"{sheet.name} names {target}"


def test_the_trimmed_sheet_has_each_rule_that_a_page_can_use() -> None:
    """A class that is new to the pages: python static/vendor/trim_uswds.py."""
    trim = runpy.run_path(str(STATIC / "vendor" / "trim_uswds.py"))
    there, wanted = (STATIC / "css" / "uswds.css").read_text(), trim["made"]()
    missing = [rule for rule in wanted.splitlines() if rule not in there]
    assert missing == [], "Write the sheet anew: python static/vendor/trim_uswds.py"
    assert len(there) < 60_000


@pytest.mark.parametrize(
    ("selector", "used"),
    [
        ("h1", True),
        (".usa-alert--info .usa-alert__body", True),
        (".usa-alert--emergency", True),  # begins as `usa-alert--{{ kind }}` ends
        (".usa-banner__header", False),
        (".usa-button:not(.usa-banner__button)", True),
        ("a.usa-card", False),
    ],
)
def test_a_selector_is_kept_where_all_its_classes_can_be_on_a_page(selector: str, used: bool) -> None:
    trim = runpy.run_path(str(STATIC / "vendor" / "trim_uswds.py"))
    words, open_words = trim["words_of"](
        ['<div class="usa-alert usa-alert--{{ kind }}">', "usa-alert__body usa-button"]
    )
    assert trim["is_used"](selector, words, open_words) == used


def test_a_sheet_is_taken_apart_and_put_together_without_loss() -> None:
    trim = runpy.run_path(str(STATIC / "vendor" / "trim_uswds.py"))
    sheet = "@media print{.a{color:red}.b{color:blue}}.a,.b:is(.a,.c){margin:0}@supports (x:y){.b{top:0}}"
    kept = trim["trimmed"](sheet, frozenset({"a"}), ())
    assert kept == "@media print{.a{color:red}}\n.a{margin:0}"
