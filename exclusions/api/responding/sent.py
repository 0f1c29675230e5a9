"""What a program sends of a form that comes whole: answers, statements and files, as JSON or as parts of a body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from exclusions.actions.record.files import Upload
from exclusions.api.idempotency import digest_of
from exclusions.api.petitions.output import SentFile
from exclusions.questionnaires import Kind, Questionnaire

MOST_FILES = 20


@extend_schema_field(OpenApiTypes.OBJECT)
class Answers(serializers.JSONField):
    """{key: value}, as JSON."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return the answers. Raises ValidationError for what is no object."""
        value = super().to_internal_value(data)
        if not isinstance(value, dict):
            raise ValidationError("Send an object of answers by the keys of the questions.")
        return value


class WholeFormInput(serializers.Serializer[Any]):
    """The answers to a form by the keys of its questionnaire, its certifications among them as `yes`."""

    answers = Answers(help_text="{key: value} by the keys of the round’s form")
    stated_public = serializers.ListField(
        child=serializers.CharField(max_length=200),
        required=False,
        help_text="codes of the statements of an earlier refusal that you make: that a value of your own is public",
    )


class WholeFormWithFilesInput(WholeFormInput):
    """The same with files; the form says which of its questions take them."""

    questions = serializers.ListField(
        child=serializers.CharField(max_length=60),
        required=False,
        help_text="for each file the key of its question, in the order of the files",
    )
    files = serializers.ListField(child=SentFile(), required=False, max_length=MOST_FILES)


BODIES = {"application/json": WholeFormInput, "multipart/form-data": WholeFormWithFilesInput}


@dataclass(frozen=True)
class WholeForm:
    """A form as it was sent."""

    answers: Mapping[str, Any] = field(repr=False)
    stated: Sequence[str]
    files: Sequence[tuple[str, Any]]

    @property
    def asked(self) -> list[Any]:
        """What the request says; a file counts by its name and SHA-256."""
        sent = [(question, file.name, digest_of(file)) for question, file in self.files]
        return [self.answers, list(self.stated), sent]

    def given(self) -> dict[str, Any]:
        """Return what the actions take of it: answers, files by question, and what was stated to be public."""
        by_question: dict[str, list[Upload]] = {}
        for question, file in self.files:
            by_question.setdefault(question, []).append(Upload.from_browser(file))
        return {"answers": self.answers, "uploads": by_question, "stated_public": self.stated}


def sent_form(request: Request, form: Questionnaire) -> WholeForm:
    """Return what a program sent of a form. Raises ValidationError by field for what the form does not ask."""
    asked = WholeFormWithFilesInput(data=request.data)
    asked.is_valid(raise_exception=True)
    sent = asked.validated_data
    files, questions = sent.get("files", []), sent.get("questions", [])
    kinds = {question.key: question.kind for question in form.questions}
    wrong = {key: [words] for key in sent["answers"] if (words := _refusal_of(key, kinds))}
    if wrong:
        raise ValidationError({"answers": wrong})
    if len(files) != len(questions):
        raise ValidationError({"questions": ["Name for each file the question that it answers, one by one."]})
    takes = [key for key, kind in kinds.items() if kind is Kind.FILES]
    if set(questions) - set(takes):
        raise ValidationError({"questions": [f"This form takes files under: {', '.join(takes) or 'no question'}."]})
    return WholeForm(sent["answers"], sent.get("stated_public", []), list(zip(questions, files, strict=True)))


def _refusal_of(key: str, kinds: Mapping[str, Kind]) -> str:
    if key not in kinds:
        return f"The form asks nothing called {key}. See its questionnaire."
    return "Send the file as a part of the body, under “files”." if kinds[key] is Kind.FILES else ""
