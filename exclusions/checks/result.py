"""What a check says, and what it may know: the answers, the form they belong to, and plain facts from the caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class CheckResult:
    """One finding of a check. An error stops a filing, a warning does not; `key` is the question it stands beside."""

    level: Literal["error", "warning"]
    key: str
    message: str
    remedy: str
    cell: str = ""
    leak: str = ""  # names a confidential value in a public place (`leaks.hit_id`): the filer may settle it
    excerpt: str = field(default="", repr=False)  # the words of the leak, for the filer's own page alone

    @property
    def is_error(self) -> bool:
        """Whether it stops a filing."""
        return self.level == "error"

    @property
    def sentence(self) -> str:
        """Message and remedy together."""
        return f"{self.message} {self.remedy}".strip()


class FormQuestion(Protocol):
    """What a check reads of a question."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def columns(self) -> Sequence[Any]: ...


class Form(Protocol):
    """What a check reads of a questionnaire."""

    @property
    def public_keys(self) -> frozenset[str]: ...
    def applicable(self, answers: Answers) -> Sequence[FormQuestion]: ...
    def clean(self, answers: Answers) -> dict[str, Any]: ...
    def effective(self, answers: Answers) -> dict[str, Any]: ...
    def counted(self, answers: Answers) -> Answers: ...
    def public(self, answers: Answers) -> dict[str, Any]: ...


@dataclass(frozen=True)
class LiveExclusion:
    """An exclusion in force on the filing date whose text names the number."""

    heading: str
    text: str
    whole_number: bool
    until: str = ""


@dataclass(frozen=True)
class EndedExclusion:
    """An exclusion that ended before the filing date, which goods in the product's own words may have used.

    `same`: the words say everything that its text requires; else something in it is to be asked.
    """

    heading: str
    text: str
    whole_number: bool
    until: str
    same: bool


@dataclass(frozen=True)
class TariffFacts:
    """What the tariff says of the number on the filing date.

    `number` is plain digits as typed. `exists` is None when no edition speaks for the day; `covered` is None when the
    round names no list. `covered_by` names every list that covers it, whether or not it is the round's. `children` are
    (plain number, description). `statistical_number` is the one ten-digit number meant, "" when there is a choice.
    `units` are as the schedule prints them ("No.", "kg"). `edition` is the one that speaks, with its day. `renumbered`
    says of a number that left the schedule when it did, and what came after, or when it comes; "" of another.
    """

    number: str
    exists: bool | None = None
    covered: bool | None = None
    covered_by: tuple[str, ...] = ()
    children: tuple[tuple[str, str], ...] = ()
    statistical_number: str = ""
    successors: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    live_exclusions: tuple[LiveExclusion, ...] = ()
    ended_exclusions: tuple[EndedExclusion, ...] = ()
    edition: str = ""
    renumbered: str = ""


@dataclass(frozen=True)
class EarlierPetition:
    """A petition of the same requester in the same round that was not withdrawn, and that who files may read."""

    reference: str
    hts10: str
    product_name: str


@dataclass(frozen=True)
class Facts:
    """Plain facts the caller knows; all may be left out, and a check that needs them then says nothing.

    `names` are registered names of the requester and the filer; `actions` name the lists of the round ("List 3");
    `eligible_numbers` limits the round to chapters or subheadings. `settled` are the leaks (`leaks.hit_id`) that the
    filer declared not to be confidential.
    """

    tariff: TariffFacts | None = None
    names: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    eligible_numbers: tuple[str, ...] = ()
    earlier: tuple[EarlierPetition, ...] = field(default=())
    settled: frozenset[str] = frozenset()


def error(key: str, message: str, remedy: str, cell: str = "", leak: str = "", excerpt: str = "") -> CheckResult:
    """A result that stops a filing."""
    return CheckResult("error", key, message, remedy, cell, leak, excerpt)


def warning(key: str, message: str, remedy: str, cell: str = "") -> CheckResult:
    """A result that does not."""
    return CheckResult("warning", key, message, remedy, cell)


def labels(form: Form, answers: Answers) -> dict[str, str]:
    """{key: label} of the questions that apply to these answers."""
    return {question.key: question.label for question in form.applicable(answers)}
