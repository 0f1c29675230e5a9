"""What programs send of a petition, and are sent of it."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from exclusions.api.output import Dotted, Moment, Output, TableOutput
from exclusions.models import Document, Letter, Petition


class OwnPetitionRowOutput(TableOutput[Petition]):
    """One of the petitions that the token's person may work on."""

    round = serializers.CharField(source="round.slug", help_text="short name of the round")
    organization = serializers.UUIDField(source="organization_id", help_text="the requester")
    filer_organization = serializers.UUIDField(
        source="filer_organization_id", allow_null=True, help_text="the firm that files for it. Null: it files itself"
    )
    reference = serializers.CharField(allow_null=True, help_text="docket reference. Null: not filed yet")
    status = serializers.CharField()
    hts10 = Dotted(help_text="number of the product, dotted. Empty: not given yet")
    product_name = serializers.CharField()
    revision = serializers.IntegerField(help_text="how often its answers were changed")

    class Meta:
        model = Petition
        fields = (
            "id", "reference", "round", "organization", "filer_organization", "status", "hts10", "product_name",
            "revision", "created_at", "updated_at", "submitted_at",
        )  # fmt: skip


class OwnPetitionOutput(OwnPetitionRowOutput):
    """The same with its answers, confidential ones among them, by the keys of the questionnaire."""

    answers = serializers.SerializerMethodField()

    class Meta(OwnPetitionRowOutput.Meta):
        fields = (*OwnPetitionRowOutput.Meta.fields, "answers")  # type: ignore[assignment]

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_answers(self, petition: Petition) -> dict[str, Any]:
        """What is answered."""
        return dict(self.context["answers"])


class RemarkOutput(Output[Any]):
    """What is wrong with an answer, or to be looked at again."""

    key = serializers.CharField(help_text="key of the question. Empty: about several")
    cell = serializers.CharField(help_text="cell of a grid. Empty: the answer as a whole")
    message = serializers.CharField()
    remedy = serializers.CharField()


class CertificationOutput(Output[Any]):
    """A statement that the person makes by filing."""

    key = serializers.CharField()
    statement = serializers.CharField(source="label")


class CheckOutput(Output[dict[str, Any]]):
    """Whether a petition may be filed as it is, and what its person certifies then."""

    ready = serializers.BooleanField(help_text="whether nothing keeps it from being filed")
    problems = RemarkOutput(many=True, help_text="what keeps it from being filed")
    warnings = RemarkOutput(many=True, help_text="what to look at again")
    certifications = CertificationOutput(many=True)
    digest = serializers.CharField(help_text="of the answers and documents as they are. `submit` sends it back")


class FiledOutput(TableOutput[Petition]):
    """A petition that is filed: the reference and moment of its receipt."""

    reference = serializers.CharField()
    submitted_at = Moment()
    sha256 = serializers.SerializerMethodField(help_text="of the sealed version, as the receipt prints it")

    class Meta:
        model = Petition
        fields = ("id", "reference", "submitted_at", "sha256")

    def get_sha256(self, petition: Petition) -> str:
        """The hash of what was certified."""
        return str(self.context["sha256"])


class OwnDocumentOutput(TableOutput[Document]):
    """A document of a petition. It is public or confidential as its question is."""

    question = serializers.CharField(source="question_key")
    bytes = serializers.IntegerField(source="size")
    sha256 = serializers.CharField(help_text="of the file as it is stored, without hidden data")

    class Meta:
        model = Document
        fields = ("id", "question", "file_name", "content_type", "bytes", "sha256", "visibility", "uploaded_at")


class LetterOutput(TableOutput[Letter]):
    """A letter that the agency issued."""

    kind = serializers.CharField()
    sha256 = serializers.CharField(allow_null=True, help_text="of the PDF. Null: it is still to be set")
    taken_down = serializers.BooleanField(source="is_down")
    superseded_by = serializers.CharField(
        source="next_code", allow_null=True, help_text="code of the letter that stands in its place"
    )

    class Meta:
        model = Letter
        fields = ("code", "kind", "issued_at", "sha256", "taken_down", "superseded_by")


class AnswersInput(serializers.Serializer[Any]):
    """Answers by the keys of the round's questionnaire; an empty one takes an answer away."""

    answers = serializers.DictField(required=False, help_text="{key: value}, as GET returns them")


class PetitionInput(AnswersInput):
    """For whom a draft is begun, in which round, with what is known already."""

    round = serializers.SlugField(max_length=60, help_text="short name of an open round")
    organization = serializers.UUIDField(help_text="the requester: an organization of the person, or a client")
    filer_organization = serializers.UUIDField(
        required=False, allow_null=True, help_text="the person’s firm, where it files for a client"
    )


class SubmitInput(serializers.Serializer[Any]):
    """The certification of the token’s person: what the check showed, sent back."""

    digest = serializers.CharField(max_length=64, help_text="of the check that the person read")
    certified = serializers.ListField(
        child=serializers.CharField(max_length=60),
        help_text="keys of all statements that the check names",
    )
    unchanged = serializers.BooleanField(
        default=False, help_text="of one that was returned: states that nothing was changed since"
    )


class ReasonInput(serializers.Serializer[Any]):
    """Why, for the record."""

    reason = serializers.CharField(
        max_length=2000, required=False, default="", allow_blank=True, help_text="goes on the record of the petition"
    )


@extend_schema_field(OpenApiTypes.BINARY)
class SentFile(serializers.FileField):
    """The bytes of a file, as a part of the body."""


class DocumentInput(serializers.Serializer[Any]):
    """A file, and the question that it answers."""

    question = serializers.CharField(max_length=60, help_text="key of a question that takes files")
    file = SentFile(help_text="PDF, picture, text or office document")
