"""Letters as PDF: tagged for screen readers (PDF/UA-1), fit for the archive (PDF/A-2a), the same bytes every time."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "letters"
_EASTERN = ZoneInfo("America/New_York")
_EVERY_LETTER = {
    "issued_at", "reference", "docket", "organization", "product_name", "hts10", "action", "round", "citation",
    "verification_code", "verify_url",
}  # fmt: skip
_NEEDED = {
    "denial": _EVERY_LETTER | {"findings", "reason_codes"},
    "grant": _EVERY_LETTER | {"findings", "extent", "product_text", "starts_on"},
    "returned": _EVERY_LETTER | {"points", "cure_by"},
    "lapsed": _EVERY_LETTER | {"points", "cure_by", "returned"},
    "receipt": _EVERY_LETTER | {"submitted"},
    "withdrawal": _EVERY_LETTER | {"withdrawn"},
    "incomplete": _EVERY_LETTER | {"facts", "because", "filed"},
    "covered": _EVERY_LETTER | {"facts", "because", "filed"},
    "duplicate": _EVERY_LETTER | {"facts", "because", "filed"},
}
KINDS = frozenset(_NEEDED)
# No PDF/A may hold these: control and private-use characters, halves of surrogate pairs, bidirectional overrides.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
# What the bundled fonts certainly show; the rest is spelled out when a first attempt fails.
_BEYOND_FONTS = re.compile(
    "[^\t\n -\u017f\u0370-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2190-\u2193\u2264\u2265]"
)


def letter_pdf(kind: str, data: Mapping[str, Any]) -> bytes:
    """Return the letter as PDF bytes; the same data gives the same bytes.

    `kind`: one of `KINDS`. `data` for every letter: `issued_at` (aware
    datetime, dates the letter in New York and stamps the file), `reference`, `docket`, `organization`, `product_name`,
    `hts10` (dotted), `action`, `round` (title), `citation`, `verification_code`, `verify_url`; optionally
    `signatory` {name, title}, `is_demo`, `head` (of the case's chain) and `anchor` with `anchor_day` (ISO), and of a
    letter that takes the place of another the code of that in `supersedes`, its `superseded_day` (ISO) and `why`.
    Besides:

    * denial: `findings` [{criterion, result, reasons, citations: [{words, passage}]}], `reason_codes` [{code, text}],
      `rationale`, `explanations` [{title, words, reasons}] (may be missing, here and in a grant);
    * grant: `findings`, `rationale`, `extent` ("whole" or "described"), `product_text`, `starts_on`, `ends_on` (dates,
      both inclusive), `heading` (dotted), `note`, `notice`; what is empty is said to follow with the notice; of a
      grant in part also `in_part` {asked, granted, reasons: [{code, reason}], proposed_by, why};
    * returned: `points` [{label, remedy}], `cure_by` (in words); lapsed: these and `returned` (in words);
    * incomplete, covered, duplicate: `facts` [{label, value}], `because` (why, as typed), `filed` (in words);
    * receipt: `submitted` (in words), `sha256`; withdrawal: `withdrawn` (in words), `reason`.

    All of it is set as text, never read as markup; give public facts only. A character that no bundled font shows is
    spelled as [U+4E2D]. ValueError for an unknown kind, a missing key or a moment without zone.
    """
    if kind not in _NEEDED:
        raise ValueError(f'There is no letter of the kind "{kind}". Use one of: {", ".join(sorted(_NEEDED))}.')
    missing = sorted(_NEEDED[kind] - data.keys())
    if missing:
        raise ValueError(f"The {kind} letter lacks: {', '.join(missing)}.")
    issued_at: datetime = data["issued_at"]
    if issued_at.tzinfo is None:
        raise ValueError("issued_at needs a time zone.")
    dated = issued_at.astimezone(_EASTERN).date().isoformat()
    words = printable({**data, "dated": dated})
    try:
        return _compile(kind, words, issued_at)
    except typst.TypstError:
        return _compile(kind, spelled_out(words), issued_at)


def to_keep(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a letter is set from as JSON keeps it, to be set later by `kept_letter_pdf`."""
    kept: dict[str, Any] = json.loads(json.dumps(printable(data)))
    return kept | {"issued_at": data["issued_at"].isoformat()}


def kept_letter_pdf(kind: str, kept: Mapping[str, Any]) -> bytes:
    """Return the letter that `letter_pdf` would have set from the same data."""
    return letter_pdf(kind, {**kept, "issued_at": datetime.fromisoformat(kept["issued_at"])})


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


def _compile(kind: str, words: Any, issued_at: datetime) -> bytes:
    pdf = typst.compile(
        str(FOLDER / f"{kind}.typ"),
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
