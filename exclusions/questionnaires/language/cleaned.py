"""Answers that were cleaned once, to be handed on: who asks again for the same form's has nothing to do."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from exclusions.questionnaires.language.compounds import Flaw, clean_files, clean_grid, clean_rows
from exclusions.questionnaires.language.question import Kind, Question
from exclusions.questionnaires.language.scalars import Rejected, plain, scalar

if TYPE_CHECKING:
    from exclusions.questionnaires.language.questionnaire import Questionnaire

_COMPOUND: dict[Kind, Callable[[Question, Any], tuple[Any, list[Flaw]]]] = {
    Kind.ROWS: clean_rows,
    Kind.FILES: clean_files,
    Kind.PURCHASES: clean_grid,
    Kind.REVENUE: clean_grid,
    Kind.QUANTITY: clean_grid,
}


class Cleaned(Mapping[str, Any]):
    """Answers to one form, in the form they are kept in, with what is wrong with their types. Nobody changes them.

    `given` are the answers as they came. What is worked out of the whole (`shown`, `public`) is kept beside them by
    the form, and lives as long as they do: one request.
    """

    __slots__ = ("_values", "flaws", "form", "given", "public", "shown")

    def __init__(
        self, form: "Questionnaire", given: Mapping[str, Any], values: Mapping[str, Any], flaws: dict[str, list[Flaw]]
    ) -> None:
        self.form = form
        self.given = given
        self.flaws = flaws
        self._values = values
        self.shown: tuple[Question, ...] | None = None
        self.public: dict[str, Any] | None = None

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def get(self, key: str, default: Any = None) -> Any:
        """Return the answer to a question, or the default where there is none."""
        return self._values.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:  # answers may be confidential
        return f"<Cleaned: {len(self._values)} answers to {self.form.key}>"


def clean_answer(question: Question, raw: Any) -> tuple[Any, list[Flaw]]:
    """One answer cleaned as far as it can be, and its flaws of type; an answer not given has none."""
    compound = _COMPOUND.get(question.kind)
    if compound:
        return compound(question, raw)
    try:
        return scalar(question, raw), []
    except Rejected as rejected:
        kept = "" if isinstance(raw, list | dict) else plain(raw)
        return kept, [Flaw("", rejected.message, rejected.remedy)]


def is_empty(value: Any) -> bool:
    """Say whether an answer is none."""
    return not value and value in (None, "", [], {})
