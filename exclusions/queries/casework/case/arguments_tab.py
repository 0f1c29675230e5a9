"""The texts of a case as somebody marks them: sentence by sentence, with what is marked or suggested, and the answers.

Nothing is marked in parts of a sentence here: sentences are taken, joined to the one before, or left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exclusions import criteria
from exclusions.checks.arguments import sentences
from exclusions.models import Argument, ArgumentAnswer, Finding, StandingAnswer, TextMark
from exclusions.permissions.arguments.marked import Answered, Arguments, answered, last_answer
from exclusions.permissions.arguments.texts import CaseText

BESIDE = "Beside the criteria"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text: whether it is taken, whether it goes on the argument of the one before, and for what."""

    number: int
    start: int
    end: int
    words: str
    taken: bool
    joined: bool
    criterion: str
    side: str


@dataclass(frozen=True)
class TextPanel:
    """One text: the last statement on it, where it still holds, and its sentences."""

    text: CaseText
    mark: TextMark | None
    corrected: bool  # what was marked in it was of another wording
    sentences: list[Sentence]
    suggested: int

    @property
    def none(self) -> bool:
        """Whether none of its sentences is marked or suggested."""
        return not any(one.taken for one in self.sentences)

    @property
    def citation(self) -> str:
        """The citation of the text."""
        return self.text.citation


@dataclass(frozen=True)
class ArgumentLine:
    """An argument that stands, with its text and how it is answered now."""

    text: CaseText
    argument: Argument
    answered: Answered
    last: ArgumentAnswer | None

    @property
    def title(self) -> str:
        """The title of the factor that it is about."""
        return criteria.get(self.argument.criterion).title if self.argument.criterion else BESIDE


def panels(found: Arguments, factors: Iterable[str]) -> list[TextPanel]:
    """Return the texts of a case, those that nobody marked with what is suggested."""
    asked, result = list(factors), []
    for text in found.texts:
        mark = found.mark_of(text)
        suggested = [] if mark else text.suggestions(asked)
        places = [(row.start, row.end, row.criterion, row.side) for row in (found.in_text(text) if mark else suggested)]
        corrected = mark is None and text.citation in found.marks
        result.append(TextPanel(text, mark, corrected, _sentences(text, places), len(suggested)))
    return result


def _sentences(text: CaseText, places: list[tuple[int, int, str, str]]) -> list[Sentence]:
    rows, before = list[Sentence](), -1
    for number, (start, end) in enumerate(sentences(text.text)):
        at = next((place for place, one in enumerate(places) if one[0] < end and start < one[1]), -1)
        criterion, side = (places[at][2], places[at][3]) if at >= 0 else (text.about, text.side)
        taken, joined = at >= 0, at >= 0 and at == before
        rows.append(Sentence(number, start, end, text.text[start:end], taken, joined, criterion, side))
        before = at
    return rows


def sentences_of(text: CaseText) -> list[Sentence]:
    """Return the sentences of a text, none of them taken."""
    return _sentences(text, [])


def lines(found: Arguments, findings: Mapping[str, Finding]) -> list[ArgumentLine]:
    """Return the arguments that stand, each with how it is answered now."""
    return [ArgumentLine(text, row, answered(row, findings), last_answer(row)) for text, row in found.standing]


def factors_as_choices(factors: Iterable[str]) -> list[tuple[str, str]]:
    """Return the criteria of a round as choices, and that an argument is beside them."""
    return [*((key, criteria.get(key).title) for key in factors), ("", BESIDE)]


def standing_answers() -> list[StandingAnswer]:
    """Return the answers of the office that may be cited, the newest first."""
    return list(StandingAnswer.objects.filter(withdrawn_at__isnull=True).order_by("-pk"))
