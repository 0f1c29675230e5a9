"""Letters as PDF: tagged for screen readers (PDF/UA-1), fit for the archive (PDF/A-2a), the same bytes every time."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import typst
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from exclusions.days import EASTERN

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "letters"
_NEEDED = {
    "issued_at", "reference", "docket", "organization", "product_name", "hts10", "action", "round", "citation",
    "verification_code", "verify_url", "title", "template", "parts",
}  # fmt: skip
# No PDF/A may hold these: control and private-use characters, halves of surrogate pairs, bidirectional overrides.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# What the bundled fonts certainly show; the rest is spelled out when a first attempt fails.
_BEYOND_FONTS = re.compile(
    "[^\t\n -\u017f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2190-\u2193\u2264\u2265]"
)


def letter_pdf(data: Mapping[str, Any]) -> bytes:
    """Return a letter as PDF bytes; the same data gives the same bytes.

    `data`: `issued_at` (aware datetime, dates the letter in New York and stamps the file), `reference`, `docket`,
    `organization`, `product_name`, `hts10` (dotted), `action`, `round` (title), `citation`, `verification_code`,
    `verify_url`; `title`, `template` (which one, and its version) and `parts`, as
    `actions.record.letter_parts.composing` makes them, with the passages that these name; optionally `addressee`
    (lines), `signatory` {name, title}, `is_demo`, `is_preview`, `head` (of the case's chain) and `anchor` with
    `anchor_day` (ISO), and of a letter that takes the place of another the code of that in `supersedes`, its
    `superseded_day` (ISO) and `why`.

    All of it is set as text, never read as markup; but for the addressee, who alone gets the letter, give public facts
    only. A character that no bundled font shows is spelled as [U+4E2D]. ValueError for a missing key or a moment
    without zone.
    """
    named = {part["name"] for part in data.get("parts", ()) if part["is"] == "part"}
    missing = sorted((_NEEDED | named) - data.keys())
    if missing:
        raise ValueError(f"The letter lacks: {', '.join(missing)}.")
    issued_at: datetime = data["issued_at"]
    if issued_at.tzinfo is None:
        raise ValueError("issued_at needs a time zone.")
    dated = issued_at.astimezone(EASTERN).date().isoformat()
    words = printable({**data, "dated": dated, "qr": qr_svg(str(data["verify_url"]))})
    return set_pages("letter.typ", words, issued_at)


def set_pages(template: str, words: Any, at: datetime) -> bytes:
    """Return the pages of a template as PDF bytes, dated at a moment; `words` are as `printable` returns them."""
    try:
        return _compile(template, words, at)
    except typst.TypstError:
        return _compile(template, spelled_out(words), at)


def qr_svg(address: str) -> str:
    """Return the QR code of an address as SVG, with the quiet zone around it that readers need."""
    # One pattern of the eight: any is valid, and to try them all takes eight times as long as the letter's page.
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=3)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for start, length in _dark_runs(row)
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path d="M0 0h{size}v{size}h-{size}z" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )


def _dark_runs(row: Sequence[bool | None]) -> Iterator[tuple[int, int]]:
    """Yield where each run of dark modules of a row begins, and how long it is."""
    start = 0
    for dark, modules in groupby(row, key=bool):
        length = len(list(modules))
        if dark:
            yield start, length
        start += length


def to_keep(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a letter is set from as JSON keeps it, to be set later after `from_kept`."""
    kept: dict[str, Any] = json.loads(json.dumps(printable(data)))
    return kept | {"issued_at": data["issued_at"].isoformat()}


def from_kept(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `to_keep` kept as `letter_pdf` takes it."""
    return {**kept, "issued_at": datetime.fromisoformat(kept["issued_at"])}


def printable(value: Any) -> Any:
    """Return the value as JSON knows it, its texts without what no PDF/A may hold."""
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    return _UNPRINTABLE.sub("", str(value))


def spelled_out(value: Any) -> Any:
    """Return the value, in its texts each character that no bundled font shows spelled as [U+4E2D]."""
    if isinstance(value, dict):
        return {key: spelled_out(item) for key, item in value.items()}
    if isinstance(value, list):
        return [spelled_out(item) for item in value]
    if isinstance(value, str):
        return _BEYOND_FONTS.sub(lambda match: f"[U+{ord(match.group()):04X}]", value)
    return value


def _compile(template: str, words: Any, issued_at: datetime) -> bytes:
    pdf = typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        format="pdf",
        sys_inputs={"data": json.dumps(words)},
        pdf_standards=["ua-1", "a-2a"],
        ignore_system_fonts=True,
        timestamp=int(issued_at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF.")
    return pdf
