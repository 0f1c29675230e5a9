"""The style rules of an exclusion's text, as remarks on a draft: those of `exclusions.wording`, and what is known.

An error keeps the draft from being saved; a warning is shown to the drafter.
"""

from collections.abc import Callable, Sequence

from exclusions import hts
from exclusions.wording import Known, Remark
from exclusions.wording import lint as lint_words

__all__ = ["Remark", "lint"]


def lint(
    text: str,
    number: str,
    *,
    whole_number: bool,
    requester: str = "",
    organizations: Sequence[str] = (),
    line: str = "",
    exists: Callable[[str], bool | None] | None = None,
) -> list[Remark]:
    """Return the remarks on a draft, errors first; empty when there are none.

    `number` is the draft's 10-digit number, plain; `whole_number` says that the draft frees the whole number, so that
    its text is that number in dots. `requester` and `organizations` are names that must not occur; `line` is what the
    tariff calls the number's line, `exists` whether the tariff knows a plain number.
    """
    if whole_number:
        shown = hts.dotted(number)
        if text.strip() == shown:
            return []
        what = "must be the number alone, because the draft excludes the whole number"
        return [Remark("whole-number", "error", what, f"Write {shown} as the text.")]
    return lint_words(text, Known(True, number, requester, tuple(organizations), line, exists))
