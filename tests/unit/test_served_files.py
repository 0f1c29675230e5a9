"""The files made elsewhere are as they were taken, and ask for nothing that is not here."""

import hashlib
import re
from pathlib import Path

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
    for sheet in [USWDS / "css" / "uswds.min.css", STATIC / "css" / "site.css"]:
        text = sheet.read_text()
        assert "sourceMappingURL" not in text
        for target in re.findall(r"url\(([^)]+)\)", text):
            assert (sheet.parent / target.strip("\"'")).is_file(), f"{sheet.name} names {target}"
