"""The form that a new round asks, as a [form] table beside its [[round]] table: plain values out, or the mistakes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exclusions.gateways.tariff.rounds_file import RoundsFileError

_TEXTS = ("slug", "title", "based_on")
_REQUIRED = {"yes", "no", "as_shipped"}
_HOW = "Write it as product_name = {} or with required and confidential."


@dataclass(frozen=True)
class FormTable:
    """A form as the file states it: `questions` maps a question's key to (required, confidential); `required` is
    "yes", "no" or "as_shipped".
    """

    slug: str
    title: str
    based_on: str
    questions: Mapping[str, tuple[str, bool]]


def read_form(loaded: Mapping[str, Any], name: str) -> FormTable | None:
    """Return the form of a file with this name, or None where it states none. Raises RoundsFileError."""
    table = loaded.get("form")
    if table is None:
        return None
    if not isinstance(table, dict):
        raise RoundsFileError([f"{name}, form: is no table. Begin it with [form]."])
    told = [f"{name}, form, {key}: is not a text." for key in _TEXTS if not isinstance(table.get(key), str)]
    asked = table.get("questions")
    unknown = sorted(table.keys() - {*_TEXTS, "questions"})
    told += [f"{name}, form, {key}: is not a key of a form. Check its spelling or remove it." for key in unknown]
    if not isinstance(asked, dict) or not asked:
        told.append(f"{name}, form: asks nothing. Name its questions under [form.questions].")
        asked = {}
    told += [f"{name}, form, {key}: cannot be read. {_HOW}" for key, how in asked.items() if not _reads(how)]
    if told:
        raise RoundsFileError(told)
    questions = {key: (how.get("required", "as_shipped"), how.get("confidential", False)) for key, how in asked.items()}
    return FormTable(table["slug"], table["title"], table["based_on"], questions)


def _reads(how: Any) -> bool:
    if not isinstance(how, dict) or how.keys() - {"required", "confidential"}:
        return False
    required, confidential = how.get("required", "as_shipped"), how.get("confidential", False)
    return isinstance(required, str) and required in _REQUIRED and isinstance(confidential, bool)
