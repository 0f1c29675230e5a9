"""Asking a writer about the confidential values of his own that a public text repeats; and what he states of them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exclusions.checks.confidential.leak_matcher import Hit, hit_id
from exclusions.checks.confidential.values import OPEN
from exclusions.errors import Repeats
from exclusions.models import Document, LeakSettlement, Petition, User
from exclusions.permissions.leaks import said_by
from exclusions.questionnaires import Kind, Questionnaire

OWNERS_WORD = "Its owner stated that it is public."


@dataclass(frozen=True)
class Own:
    """A value of the writer's own in a public answer or file: under which question, where, and how it is stated."""

    key: str
    where: str
    hit: Hit = field(repr=False)

    def leak(self, place: str) -> str:
        """Return what a statement about it is kept under, at a place."""
        return hit_id(place, self.hit.secret)


def own_values(
    form: Questionnaire, answers: Mapping[str, Any], files: Sequence[Document], find: Callable[[str], list[Hit]]
) -> list[Own]:
    """Return the writer's values in the public answers and files of a form, each once a question and value.

    Reads the file store: never while a row is locked.
    """
    found: dict[tuple[str, str], Own] = {}
    for key, where, text in _public_texts(form, answers, files):
        for hit in find(text):
            found.setdefault((key, hit.secret.label), Own(key, where, hit))
    return list(found.values())


def _public_texts(
    form: Questionnaire, answers: Mapping[str, Any], files: Sequence[Document]
) -> Iterator[tuple[str, str, str]]:
    of_files = {question.key for question in form.questions if question.kind is Kind.FILES}
    for row in form.printed(answers, public_only=True):
        if row.key not in of_files and row.key not in OPEN:
            yield row.key, "This public answer", row.value
    for file in files:
        if file.visibility == Document.Visibility.PUBLIC:
            for part, text in said_by(file).parts:
                yield file.question_key, f"The public file “{file.file_name}”, in its {part},", text


def ask(found: Sequence[Own], stated: Collection[str], place: str) -> None:
    """Raise Repeats for the values that the writer has not stated to be public; `stated` is what was answered."""
    open_ones = [own for own in found if own.leak(place) not in stated]
    if not open_ones:
        return
    fields: dict[str, list[str]] = {}
    asked, plain = {}, []
    for own in open_ones:
        label, words = own.hit.secret.label, own.hit.excerpt
        said = f"{own.where} repeats your confidential answer to “{label}”"
        fields.setdefault(own.key, []).append(f"{said}: “{words}”. Remove it, or state below that it is public.")
        plain.append(f"{said}. Remove it, or state that it is public.")
        asked[own.leak(place)] = f"I state that this is public: “{words}” (“{label}”)."
    raise Repeats(*(said for group in fields.values() for said in group), fields=fields, plain=plain, asked=asked)


def keep_statements(
    petition: Petition, found: Sequence[Own], place: str, *, by: User | None, at: datetime
) -> list[LeakSettlement]:
    """Record that the writer stated these values to be public, in the transaction that files them; return that."""
    return LeakSettlement.objects.bulk_create(statements_on(petition, found, place, by=by, at=at))


def statements_on(
    petition: Petition, found: Sequence[Own], place: str, *, by: User | None, at: datetime
) -> list[LeakSettlement]:
    """Return the rows by which the writer states these values to be public, each once; they are not saved."""
    rows = {
        own.leak(place): LeakSettlement(
            petition=petition,
            leak=own.leak(place),
            place=place,
            statement=OWNERS_WORD,
            words=own.hit.excerpt,
            stated_by=by,
            stated_at=at,
        )
        for own in found
    }
    return list(rows.values())
