"""A whole questionnaire: what is shown, what is wrong, what is public and how it prints, all from its questions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from exclusions.questionnaires.language.asked import Asked, asked_question
from exclusions.questionnaires.language.cleaned import Cleaned, clean_answer, is_empty
from exclusions.questionnaires.language.compounds import Flaw, missing_cells
from exclusions.questionnaires.language.condition import Answers
from exclusions.questionnaires.language.missing import missing
from exclusions.questionnaires.language.periods import Period
from exclusions.questionnaires.language.printing import printed_lines
from exclusions.questionnaires.language.question import Choice, Kind, PrintedRow, Problem, Question, Step, Visibility
from exclusions.questionnaires.language.schema import question_schema


@dataclass(frozen=True)
class Questionnaire:
    """One form version for one round: `periods` are the round's, all else is declared in the form's own file.

    Raises ValueError when declared wrongly: a repeated key, an unknown step, a condition on a later question, a
    confidential answer whose public summary is not asked for.
    """

    key: str
    title: str
    omb_number: str
    burden: str
    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    periods: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        known: set[str] = set()
        steps = [step.key for step in self.steps]
        if len(steps) != len(set(steps)):
            raise ValueError(f"{self.key}: a step is declared twice.")
        for question in self.questions:
            if question.key in known or question.step not in steps:
                raise ValueError(f"{self.key}: {question.key} is asked twice, or on a step that does not exist.")
            conditions = [question.shown_if, question.required, *(choice.shown_if for choice in question.choices)]
            for condition in conditions:
                if condition is not None and not isinstance(condition, bool) and not condition.keys <= known:
                    raise ValueError(f"{self.key}: {question.key} depends on a question that comes later.")
            known.add(question.key)
        for question in self.questions:
            paired = question.visibility is Visibility.CONFIDENTIAL_WITH_SUMMARY
            if paired and not (question.summary_key in known and self.question(question.summary_key).is_public):
                raise ValueError(f"{self.key}: {question.key} has no public summary question.")

    @cached_property
    def _by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @cached_property
    def labels(self) -> dict[str, str]:
        """{key: label} of every question."""
        return {question.key: question.label for question in self.questions}

    @cached_property
    def public_keys(self) -> frozenset[str]:
        """Keys whose answers may enter the public copy."""
        return frozenset(question.key for question in self.questions if question.is_public)

    @cached_property
    def confidential_keys(self) -> frozenset[str]:
        """Keys whose answers never do."""
        return frozenset(self._by_key) - self.public_keys

    def question(self, key: str) -> Question:
        """Return the question with this key; KeyError when the form does not ask it."""
        return self._by_key[key]

    def step(self, key: str) -> Step:
        """Return the step with this key; KeyError when there is none."""
        return self._steps[key]

    def has_step(self, key: str) -> bool:
        """Whether the form has a step with this key."""
        return key in self._steps

    def on_step(self, key: str) -> tuple[Question, ...]:
        """Every question of a step, in order, whether shown or not."""
        return tuple(question for question in self.questions if question.step == key)

    def applicable(self, answers: Answers) -> tuple[Question, ...]:
        """Return the questions that apply to these answers, each with only the choices that apply.

        An answer to a question that is not shown counts as not given, also for the conditions after it.
        """
        if not (isinstance(answers, Cleaned) and answers.form is self):
            return tuple(question for question, _ in self._walk(answers))
        if answers.shown is None:
            answers.shown = tuple(question for question, _ in self._walk(answers))
        return answers.shown

    def _walk(self, answers: Answers) -> Iterator[tuple[Question, dict[str, Any]]]:
        """Each shown question with the answers that count up to and including its own."""
        counted: dict[str, Any] = {}
        for question in self.questions:
            if question.shown_if is not None and not question.shown_if.holds(counted):
                continue
            if question.key in answers:
                counted[question.key] = answers[question.key]
            yield self._narrowed(question, counted) if question.key in self._narrowing else question, counted

    @cached_property
    def _narrowing(self) -> dict[str, dict[tuple[Choice, ...], Question]]:
        """The keys of questions with choices that do not always apply, each with the narrower ones that there were."""
        return {q.key: {} for q in self.questions if any(choice.shown_if is not None for choice in q.choices)}

    def _narrowed(self, question: Question, counted: Answers) -> Question:
        open_choices = tuple(c for c in question.choices if c.shown_if is None or c.shown_if.holds(counted))
        if len(open_choices) == len(question.choices):
            return question
        known = self._narrowing[question.key]
        if open_choices not in known:
            known[open_choices] = replace(question, choices=open_choices)
        return known[open_choices]

    def asked(self, answers: Answers, steps: Collection[str]) -> Iterator[Asked]:
        """Yield the questions of the page that holds these steps, but for those that no answer on it makes apply.

        `answers` are the stored ones; those of the page itself are taken for unknown, since they are being given on it.
        """
        counted: dict[str, Any] = {}
        unknown: set[str] = set()
        for question in self.questions:
            here = question.step in steps
            holds = True if question.shown_if is None else question.shown_if.verdict(counted, unknown)
            if holds is False:
                continue
            if here or holds is None:
                unknown.add(question.key)
            elif question.key in answers:
                counted[question.key] = answers[question.key]
            if here:
                yield asked_question(question, holds, counted, unknown)

    def effective(self, answers: Answers) -> dict[str, Any]:
        """Return the answers that count: of shown questions only, unknown keys and empty answers left out."""
        shown = self.applicable(answers)
        if isinstance(answers, Cleaned):  # of which no answer is empty
            return {question.key: answers[question.key] for question in shown if question.key in answers}
        return {q.key: answers[q.key] for q in shown if not is_empty(answers.get(q.key))}

    def clean(self, answers: Answers) -> dict[str, Any]:
        """Return the answers in the form they are kept in; unknown keys and empty answers left out.

        What cannot be read stays as typed, so that a draft loses nothing; `problems` says what is wrong with it.
        Answers to questions now hidden stay too: they come back when the question does. Cleaning twice changes nothing.
        """
        return dict(self.cleaned(answers))

    def cleaned(self, answers: Answers) -> Cleaned:
        """Return the answers as `clean` does, to be handed on: cleaned already for this form, they are not gone
        through again.
        """
        if isinstance(answers, Cleaned) and answers.form is self:
            return answers
        values: dict[str, Any] = {}
        flaws: dict[str, list[Flaw]] = {}
        for question in self.questions:
            if question.key in answers:
                value, found = clean_answer(question, answers[question.key])
                if found:
                    flaws[question.key] = found
                if not is_empty(value):
                    values[question.key] = value
        return Cleaned(self, answers, values, flaws)

    def counted(self, answers: Answers) -> Cleaned:
        """Return the answers that count, as `effective` does, to be handed on."""
        cleaned = self.cleaned(answers)
        values = self.effective(cleaned)
        flaws = {key: found for key, found in cleaned.flaws.items() if key in values}
        counted = Cleaned(self, values, values, flaws)
        counted.shown = self.applicable(cleaned)  # what is hidden counts for no condition
        return counted

    def _read(self, question: Question, cleaned: Cleaned) -> tuple[Any, list[Flaw]]:
        """Return the answer to a question as `shown` has it, which may have fewer choices, and its flaws."""
        if question is self._by_key[question.key]:
            return cleaned.get(question.key), cleaned.flaws.get(question.key, [])
        return clean_answer(question, cleaned.given.get(question.key))

    def problems(self, answers: Answers, step: str | None = None) -> list[Problem]:
        """Why these answers cannot be filed, in the order of the form; of one step only, when given.

        Each names the field, says what is wrong and what to do. Empty means complete and well formed.
        """
        cleaned = self.cleaned(answers)
        found = []
        for question, counted in self._walk(cleaned):
            if step is None or question.step == step:
                for flaw in self._flaws(question, cleaned, counted):
                    found.append(Problem(question.key, flaw.cell, flaw.message, flaw.remedy))
        return found

    def malformed(self, answers: Answers, step: str | None = None) -> list[Problem]:
        """Return what is given but is not of its type, without the gaps: what the saving of a draft complains of."""
        cleaned = self.cleaned(answers)
        found = []
        for question in self.applicable(cleaned):
            if step is None or question.step == step:
                for flaw in self._read(question, cleaned)[1]:
                    found.append(Problem(question.key, flaw.cell, flaw.message, flaw.remedy))
        return found

    def _flaws(self, question: Question, cleaned: Cleaned, counted: Answers) -> Iterator[Flaw]:
        value, flaws = self._read(question, cleaned)
        if is_empty(value) and not flaws:
            flaw = missing(question, counted, self.labels)
            if flaw is not None:
                yield flaw
            return
        yield from flaws
        if not flaws and isinstance(value, str) and len(value) < question.min_length:
            yield Flaw(
                "",
                f'"{question.label}" is {len(value)} characters long. Write at least {question.min_length}.',
                "Say more, as the help below the question describes.",
            )
        yield from missing_cells(question, value, counted)

    def public(self, answers: Answers) -> dict[str, Any]:
        """Return the public copy of the answers, built by allow-list: only shown questions marked public, and of their
        rows only columns marked public. What is unknown, hidden, confidential or not of its shape never gets in.
        """
        cleaned = self.cleaned(answers)
        if cleaned.public is None:
            cleaned.public = self._public(cleaned)
        return dict(cleaned.public)

    def public_answer(self, answers: Answers, key: str) -> Any:
        """One answer of the public copy, None where it has none, without making the rest of the copy."""
        cleaned = self.cleaned(answers)
        if cleaned.public is not None:
            return cleaned.public.get(key)
        return next((self._public_answer(q, cleaned) for q in self.applicable(cleaned) if q.key == key), None)

    def _public(self, cleaned: Cleaned) -> dict[str, Any]:
        found = {question.key: self._public_answer(question, cleaned) for question in self.applicable(cleaned)}
        return {key: value for key, value in found.items() if value}

    def _public_answer(self, question: Question, cleaned: Cleaned) -> Any:
        if question.visibility is not Visibility.PUBLIC:
            return None
        value, flaws = self._read(question, cleaned)
        # A flawed table is left out whole; flawed text is the filer's own public text and stays visible.
        if is_empty(value) or (flaws and not isinstance(value, str)):
            return None
        if question.kind is Kind.ROWS:
            allowed = [c.key for c in question.columns if c.visibility in (None, Visibility.PUBLIC)]
            rows = ({key: row[key] for key in allowed if key in row} for row in value)
            return [row for row in rows if row] or None
        return value

    def printed(
        self, answers: Answers, public_only: bool = False, document_names: Mapping[str, str] | None = None
    ) -> list[PrintedRow]:
        """Return the answers as labelled lines in the order of the form; of the public copy only, when asked.

        `document_names` maps the ids of documents to the names to print for them.
        """
        return [
            PrintedRow(question.step, question.key, label, value, question.visibility)
            for question, lines in self.lines(answers, public_only, document_names or {})
            for label, value in lines
        ]

    def lines(
        self,
        answers: Answers,
        public_only: bool,
        document_names: Mapping[str, str],
        only: Collection[str] | None = None,
    ) -> Iterator[tuple[Question, Iterable[tuple[str, str]]]]:
        """Yield the same, a question at a time, as (label, value); `only` are the keys of those that are asked for."""
        counted = self.public(answers) if public_only else self.effective(self.cleaned(answers))
        for question in self.questions:
            if question.key in counted and (only is None or question.key in only):
                yield question, printed_lines(question, counted[question.key], document_names)

    def schema(self) -> dict[str, Any]:
        """Return the questionnaire as JSON: steps, and every question with its type, conditions and visibility."""
        return {
            "key": self.key,
            "title": self.title,
            "omb_number": self.omb_number,
            "burden": self.burden,
            "steps": [{"key": s.key, "title": s.title, "introduction": s.introduction} for s in self.steps],
            "questions": [question_schema(question) for question in self.questions],
        }
