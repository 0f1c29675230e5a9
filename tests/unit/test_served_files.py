"""The files made elsewhere are as they were made, have the rules that pages ask for, and ask for nothing not here."""

import hashlib
import re
from itertools import chain
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
SHEET = VENDOR / "uswds" / "css" / "uswds.css"
CLASS = re.compile(r"(?<![\w-])usa-[a-z][a-z0-9_-]*[a-z0-9]")


def test_every_vendored_file_has_its_recorded_hash_and_the_sheet_is_as_new_as_its_source() -> None:
    recorded = dict(reversed(line.split("  ", 1)) for line in (VENDOR / "SHA256SUMS").read_text().splitlines())
    files = [VENDOR / "uswds.scss", *(path for path in (VENDOR / "uswds").rglob("*") if path.is_file())]
    found = {path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == recorded, "Make the files anew: static/vendor/README.md"


def test_style_sheets_name_only_files_that_are_served_from_here() -> None:
    for sheet in [SHEET, *(STATIC / "css").glob("*.css")]:
        text = sheet.read_text()
        assert "sourceMappingURL" not in text
        for target in filter(None, re.findall(r"url\(\"?([^\")]*)", text)):
            assert (sheet.parent / target).is_file(), f"{sheet.name} names {target}"


def test_each_class_of_the_design_system_that_a_page_names_has_its_rules() -> None:
    """What is missing is a class that the system has no more, or of a package that uswds.scss does not forward."""
    said = chain(ROOT.glob("templates/**/*.html"), ROOT.glob("exclusions/**/*.py"), (STATIC / "js").glob("*.js"))
    used = {name for path in said for name in CLASS.findall(path.read_text())}
    there = set(CLASS.findall(SHEET.read_text()))
    assert "usa-radio__input" in used
    assert used - there == set(), "Forward their packages in static/vendor/uswds.scss"


def test_the_sheet_marks_what_is_chosen_and_what_has_the_focus() -> None:
    text = SHEET.read_text()
    for control in ("checkbox", "radio"):
        for state in ("checked", "focus", "disabled"):
            assert f".usa-{control}__input:{state}" in text


def test_the_sheet_is_light_on_the_wire() -> None:
    """Beside the fonts it is the heaviest part of a first visit, which may weigh 150 KiB in all."""
    assert len(brotli.compress(SHEET.read_bytes())) < 15_000


def test_text_gets_its_font_however_late_it_comes_and_a_font_of_its_measures_stands_in_until_then() -> None:
    faces = re.findall(r"@font-face \{([^}]*)\}", (STATIC / "css" / "site.css").read_text())
    fetched, standing_in = ([face for face in faces if ("local(" in face) is local] for local in (False, True))
    assert len(fetched) == 4
    assert all("font-display: swap" in face for face in fetched)
    assert all(name in face for face in standing_in for name in ("size-adjust", "ascent-override", "descent-override"))
    styles = [re.findall(r"font-(?:weight|style): (\w+)", face) for face in fetched if "Source Sans" in face]
    assert styles == [re.findall(r"font-(?:weight|style): (\w+)", face) for face in standing_in]
    assert "@font-face" not in SHEET.read_text()
