"""What was filed in a case, as it is printed for its reader."""

from typing import Any

from rest_framework import serializers

from exclusions.api.output import Output, TableOutput
from exclusions.models import Document
from exclusions.queries.casework.case.evidence import AnswerLine, AnswerStep
from exclusions.queries.casework.case.responses import PrintedReply, PrintedResponse


class PrintedLineOutput(Output[AnswerLine]):
    """One line of the answers."""

    key = serializers.CharField(help_text="of its question")
    label = serializers.CharField()  # type: ignore[assignment]  # a serializer's own is another thing
    value = serializers.CharField()
    confidential = serializers.BooleanField()


class PrintedStepOutput(Output[AnswerStep]):
    """The answers of one step of the form."""

    key = serializers.CharField()
    title = serializers.CharField()
    lines = PrintedLineOutput(many=True)


class FileOutput(TableOutput[Document]):
    """A file of the case that the person may open on its page."""

    question = serializers.CharField(source="question_key")
    bytes = serializers.IntegerField(source="size")
    sha256 = serializers.CharField(help_text="of the file as it is stored")

    class Meta:
        model = Document
        fields = ("id", "question", "file_name", "content_type", "bytes", "sha256", "visibility", "uploaded_at")


class PrintedReplyOutput(Output[PrintedReply]):
    """A reply to a response."""

    attempt = serializers.IntegerField(source="reply.attempt")
    submitted_at = serializers.DateTimeField(source="reply.submitted_at")
    withheld = serializers.BooleanField(help_text="whether intake did not post it")
    answers = PrintedStepOutput(source="steps", many=True)
    files = FileOutput(many=True)


class PrintedResponseOutput(Output[PrintedResponse]):
    """A response, and the replies to it."""

    reference = serializers.CharField(source="response.reference", allow_null=True, help_text="null: not posted")
    status = serializers.CharField(source="response.status")
    position = serializers.CharField(source="response.position")
    answers = PrintedStepOutput(source="steps", many=True)
    files = FileOutput(many=True)
    replies = PrintedReplyOutput(many=True)


def texts(help_text: str = "", **options: Any) -> serializers.ListField:
    """Return a field that holds a list of texts."""
    return serializers.ListField(child=serializers.CharField(), help_text=help_text, **options)
