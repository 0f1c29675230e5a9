"""Rounds as TOML: plain rows out, or every mistake of the file as a sentence."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from exclusions.days import EASTERN

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "rounds.toml"
_SHAPES = {
    "slug": (r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case words joined by hyphens, as in list-3"),
    "docket": (r"USTR-\d{4}-\d{4}", "a docket number such as USTR-2019-0005"),
    "eligible_subheadings": (r"\d{8}", "a plain subheading of 8 digits such as 84198160"),
    "list_headings": (r"\w+ 9903\d{4} [a-z]+", "a list, a plain heading and a subdivision, as in 1 99038862 ooo"),
    "heading": (r"9903\.\d\d\.\d\d|", "a chapter 99 heading such as 9903.88.05"),
}
_WORDS = {str: "text", int: "a whole number", bool: "true or false", date: "a date", datetime: "a date and time"}


@dataclass(frozen=True, kw_only=True)
class RoundRow:
    """One round as the file states it; days are numbers, dates and times are New York's, the heading is dotted.

    A demonstration round has `opens_days_ago` and `closes_in_days` instead of `opens_at` and `closes_at`, and its
    exclusions start with its opening unless `retroactive_from` says otherwise.
    """

    slug: str
    docket: str
    title: str
    kind: str
    actions: list[str]
    citation: str
    channel: str = ""
    questionnaire: str
    response_questionnaire: str = ""
    reply_questionnaire: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    opens_days_ago: int | None = None
    closes_in_days: int | None = None
    day_unit: str
    roll_rule: str
    response_days: int | None = None
    reply_days_after_close: int | None = None
    reply_days_after_response: int | None = None
    retroactive_rule: str
    retroactive_from: date | None = None
    term_rule: str
    term_ends_on: date | None = None
    heading: str = ""
    note: str = ""
    criteria: list[str]
    criteria_version: str
    procedure_version: str
    eligible_chapters: list[str] | None = None
    eligible_subheadings: list[str] | None = None
    list_headings: list[str] | None = None
    purchase_periods: list[str] | None = None
    is_demo: bool = False

    @property
    def is_relative(self) -> bool:
        """Whether the window is counted from the day of loading."""
        return self.opens_days_ago is not None


class RoundsFileError(ValueError):
    """A rounds file that cannot be loaded; `sentences` name file, round and key, one mistake each."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))


def read_rounds(path: Path, vocabulary: Mapping[str, Collection[str]]) -> list[RoundRow]:
    """Return the rounds of a TOML file in its order.

    `vocabulary` says which words a key may take (`day_unit`, `questionnaire`, `criteria` …); a list is checked
    word by word, an absent key is not restricted. Raises RoundsFileError with everything that is wrong.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RoundsFileError([f"{path}: cannot be read ({error.strerror}). Give the path of a TOML file."]) from error
    return rows_of(round_tables(read_toml(content, path.name), path.name), path.name, vocabulary)


def read_toml(content: bytes, name: str) -> dict[str, Any]:
    """Return the tables of a TOML file with this name. Raises RoundsFileError for what is none."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RoundsFileError([f"{name}: is not TOML: {error}."]) from error


def round_tables(loaded: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rounds of a file as its tables. Raises RoundsFileError where it has none."""
    tables = loaded.get("round")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise RoundsFileError([f"{name}: has no [[round]] table. Begin each round with [[round]]."])
    return tables


def rows_of(
    tables: Sequence[Mapping[str, Any]], name: str, vocabulary: Mapping[str, Collection[str]]
) -> list[RoundRow]:
    """Return the rounds of the tables of a file with this name, as `read_rounds` does."""
    told: list[str] = []
    rows = []
    for position, table in enumerate(tables, 1):
        where = f'{name}, round "{table.get("slug", f"number {position}")}"'
        found = [f"{where}, {key}: {sentence}" for key, sentence in mistakes(table, vocabulary)]
        told += found
        if not found:
            rows.append(RoundRow(**{key: _zoned(value) for key, value in table.items()}))
    slugs = [row.slug for row in rows]
    told += [
        f'{name}, round "{slug}", slug: is in this file twice. Give each round its own.'
        for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1})
    ]
    if told:
        raise RoundsFileError(told)
    return rows


def _zoned(value: Any) -> Any:
    return value.replace(tzinfo=EASTERN) if isinstance(value, datetime) and value.tzinfo is None else value


def mistakes(table: Mapping[str, Any], vocabulary: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Return what is wrong with one round, each as (key, sentence): what a file says and what is typed alike."""
    types = get_type_hints(RoundRow)
    required = [field.name for field in fields(RoundRow) if field.default is MISSING]
    found = [(key, "is not a key of a round. Check its spelling or remove it.") for key in table if key not in types]
    found += [(key, "is missing.") for key in required if key not in table]
    for key, value in table.items():
        if key in types:
            sentence = _mistake_of_type(value, types[key]) or _mistake_of_word(key, value, vocabulary)
            if sentence:
                found.append((key, sentence))
    return found or _mistakes_of_window(table)


def _mistake_of_type(value: Any, annotation: Any) -> str:
    wanted = next((part for part in get_args(annotation) if part is not type(None)), annotation)
    wanted = annotation if get_origin(annotation) is list else wanted
    if get_origin(wanted) is list:
        fits = isinstance(value, list) and all(type(item) is str for item in value)
        return "" if fits else f'{value!r} is not a list of texts such as ["a", "b"].'
    if type(value) is not wanted:
        return f"{value!r} is not {_WORDS[wanted]}."
    return f"{value} is negative." if wanted is int and value < 0 else ""


def _mistake_of_word(key: str, value: Any, vocabulary: Mapping[str, Collection[str]]) -> str:
    if key in _SHAPES:
        pattern, example = _SHAPES[key]
        bad = [word for word in (value if isinstance(value, list) else [value]) if not re.fullmatch(pattern, word)]
        return f'"{bad[0]}" is not {example}.' if bad else ""
    if key not in vocabulary:
        return ""
    unknown = [word for word in (value if isinstance(value, list) else [value]) if word not in vocabulary[key]]
    if not unknown:
        return ""
    return f'"{unknown[0]}" is not known. Use one of: {", ".join(sorted(filter(None, vocabulary[key])))}.'


def _mistakes_of_window(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    fixed, relative = {"opens_at", "closes_at"} & table.keys(), {"opens_days_ago", "closes_in_days"} & table.keys()
    if (len(fixed), len(relative)) not in {(2, 0), (0, 2)}:
        said = "give opens_at and closes_at, or opens_days_ago and closes_in_days, and not a mixture."
        return [("opens_at", said)]
    if fixed and _zoned(table["closes_at"]) <= _zoned(table["opens_at"]):
        return [("closes_at", "is not after opens_at.")]
    if table["term_rule"] == "fixed" and "term_ends_on" not in table:
        return [("term_ends_on", "is missing. A fixed term needs its last day.")]
    if table["retroactive_rule"] == "fixed" and fixed and "retroactive_from" not in table:
        return [("retroactive_from", "is missing. A fixed start needs its date.")]
    return [(key, "names none. Choose at least one.") for key in ("actions", "criteria") if not table[key]]
