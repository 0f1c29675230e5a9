"""Refusals: the only exceptions an action raises towards its callers."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Self


class ActionRefused(Exception):
    """An action that was not carried out, with the sentences that say why and what would help.

    `reasons` are whole sentences for the person who asked; `fields` maps a form field or answer key to its
    own sentences. The page, the admin and the API all show the same ones, and answer with the same HTTP `status`.
    """

    status: ClassVar[int] = 422
    # For the log: which transition of the workflow was refused, by which of its gates, and the key of the case.
    transition: str = ""
    gates: Sequence[str] = ()
    case: str = ""

    def __init__(self, *reasons: str, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        self.reasons: list[str] = list(reasons)
        self.fields: dict[str, list[str]] = {key: list(value) for key, value in (fields or {}).items()}
        super().__init__(" ".join(self.reasons) or "; ".join(s for v in self.fields.values() for s in v))

    @property
    def sentences(self) -> list[str]:
        """All that the refusal says, each sentence once: what is said of no field first. For whoever asked, alone."""
        of_fields = [sentence for said in self.fields.values() for sentence in said]
        return list(dict.fromkeys([*self.reasons, *of_fields]))

    def closed_by(self, transition: str, case: object, *gates: str) -> Self:
        """Note which transition of which case is refused, and by which gates; return the refusal."""
        self.transition, self.case, self.gates = transition, str(case), gates
        return self


class NotPermitted(ActionRefused):
    """The person may not do this."""

    status = 403


class WrongState(ActionRefused):
    """The thing is not in a state in which this can be done."""

    status = 409


class Incomplete(ActionRefused):
    """Something is missing or wrong in what was given."""

    @classmethod
    def beside(cls, field: str, sentence: str) -> Self:
        """Return the refusal that says one sentence, beside the field (or answer key) that it is about."""
        return cls(sentence, fields={field: [sentence]})


class Repeats(Incomplete):
    """A text repeats what was given in confidence, and the writer may read that: the sentences quote the words.

    `plain` says the same without them, for whatever is kept after the answer. `asked` is {statement: sentence} of what
    the writer, whose the value is, may state to be public.
    """

    def __init__(
        self,
        *reasons: str,
        fields: Mapping[str, Sequence[str]] | None = None,
        plain: Sequence[str] = (),
        asked: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(*reasons, fields=fields)
        self.asked: dict[str, str] = dict(asked or {})
        self.plain: list[str] = list(plain)
        self.args = (" ".join(plain),)  # an exception ends up in logs


class Conflict(ActionRefused):
    """Somebody else changed the thing meanwhile."""

    status = 409


class SomeRefused(WrongState):
    """An act on many things of which some refuse, so that it was done to none of them.

    `rows` is {name of the thing: its sentences}, `of` how many were asked for.
    """

    def __init__(self, rows: Mapping[str, Sequence[str]], *, of: int) -> None:
        self.rows: dict[str, list[str]] = {name: list(said) for name, said in rows.items()}
        self.of = of
        super().__init__(*(f"{name}: {' '.join(said)}" for name, said in self.rows.items()))


class Unconfirmed(WrongState):
    """An act on so many things that it is asked once more: what it would do, in figures, and the name of just that.

    `figures` are [(what, to how many)]; whoever repeats the act with `seen` has read them, as long as nothing changed.
    """

    def __init__(self, reason: str, *, figures: Sequence[tuple[str, int]], seen: str) -> None:
        self.figures = list(figures)
        self.seen = seen
        super().__init__(reason)


class BrokenRound(WrongState):
    """A round names a form or a legal factor that nobody knows: nothing can be shown or judged under it."""
