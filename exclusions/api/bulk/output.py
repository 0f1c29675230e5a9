"""What programs send of a bulk sheet, and are sent of it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from exclusions.api.output import Dotted, Output, TableOutput
from exclusions.api.petitions.output import CertificationOutput, RemarkOutput, SentFile
from exclusions.api.responding.sent import Answers
from exclusions.forms.bulk_sheets import AcceptForm
from exclusions.models import BulkRow, BulkSheet
from exclusions.queries.importer.bulk_certify import STANDS, Progress, stand_of
from exclusions.queries.importer.bulk_sheets import Figures, ShownFault, ShownRow


class FiguresOutput(Output[Figures]):
    """How many rows a sheet has, and how far they are."""

    rows = serializers.IntegerField(source="in_all")
    waiting = serializers.IntegerField(help_text="wait to be checked")
    valid = serializers.IntegerField(help_text="no drafts yet, without errors")
    wrong = serializers.IntegerField(help_text="no drafts yet, with errors")
    drafts = serializers.IntegerField(help_text="became drafts, whatever became of those")


class ProgressOutput(Output[Progress]):
    """How far the drafts of a sheet are."""

    drafts = serializers.IntegerField(help_text="are not filed")
    unchecked = serializers.IntegerField(help_text="were not checked as they are now")
    ready = serializers.IntegerField(help_text="passed their check: they may be certified")
    failed = serializers.IntegerField(help_text="did not pass it")
    certified = serializers.IntegerField(source="waiting", help_text="wait to be filed")
    filed = serializers.IntegerField()
    left_out = serializers.IntegerField(help_text="were certified and could not be filed")


class SheetRowOutput(TableOutput[BulkSheet]):
    """One of the sheets that the token's person may work on."""

    round = serializers.CharField(source="round.slug", help_text="short name of the round")
    organization = serializers.UUIDField(source="organization_id", help_text="the requester")
    filer_organization = serializers.UUIDField(
        source="filer_organization_id", allow_null=True, help_text="the firm that files for it. Null: it files itself"
    )
    figures = serializers.SerializerMethodField()
    dry_run = serializers.BooleanField(source="is_dry_run", help_text="its rows are checked and never become drafts")
    url = serializers.SerializerMethodField(help_text="address of its page")
    errors_url = serializers.SerializerMethodField(help_text="where its rows with errors are")
    petitions_url = serializers.SerializerMethodField(help_text="where its drafts and petitions are")

    class Meta:
        model = BulkSheet
        fields = (
            "id", "round", "organization", "filer_organization", "state", "made_at", "dry_run", "figures", "url",
            "errors_url", "petitions_url",
        )  # fmt: skip

    @extend_schema_field(FiguresOutput)
    def get_figures(self, sheet: BulkSheet) -> Any:
        """Those of a list are its columns."""
        counted: Any = self.context.get("figures") or sheet
        return FiguresOutput(counted).data

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, sheet: BulkSheet) -> str:
        """Where its owners see it."""
        return _address("bulk-sheet", sheet)

    @extend_schema_field(OpenApiTypes.URI)
    def get_errors_url(self, sheet: BulkSheet) -> str:
        """Its errors."""
        return _address("api-bulk-errors", sheet)

    @extend_schema_field(OpenApiTypes.URI)
    def get_petitions_url(self, sheet: BulkSheet) -> str:
        """Its drafts."""
        return _address("api-bulk-petitions", sheet)


class SheetOutput(SheetRowOutput):
    """The same, with all that is known of it."""

    company = serializers.SerializerMethodField(help_text="the answers that hold for all rows, by key")
    company_problems = serializers.SerializerMethodField(help_text="what keeps rows from becoming drafts")
    headings = serializers.ListField(child=serializers.CharField())
    remarks = serializers.ListField(child=serializers.CharField(), help_text="about the table as a whole")
    stopped = serializers.ListField(child=serializers.CharField(), help_text="why no more drafts could be made")
    progress = serializers.SerializerMethodField()
    certifications = serializers.SerializerMethodField(help_text="what the person certifies for each petition")
    digest = serializers.SerializerMethodField(
        help_text="of the drafts that may be certified now. `certify` sends it back. Null while work is under way"
    )

    class Meta(SheetRowOutput.Meta):
        fields = (  # type: ignore[assignment]
            *SheetRowOutput.Meta.fields, "company", "company_problems", "headings", "remarks", "stopped", "progress",
            "certifications", "digest",
        )  # fmt: skip

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_company(self, sheet: BulkSheet) -> dict[str, Any]:
        """What is answered once."""
        return dict(sheet.company)

    @extend_schema_field(RemarkOutput(many=True))
    def get_company_problems(self, sheet: BulkSheet) -> Any:
        """What lacks there."""
        return RemarkOutput(self.context["company_problems"], many=True).data

    @extend_schema_field(ProgressOutput)
    def get_progress(self, sheet: BulkSheet) -> Any:
        """How far its drafts are."""
        return ProgressOutput(self.context["progress"]).data

    @extend_schema_field(CertificationOutput(many=True))
    def get_certifications(self, sheet: BulkSheet) -> Any:
        """The statements."""
        return CertificationOutput(self.context["certifications"], many=True).data

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_digest(self, sheet: BulkSheet) -> Any:
        """What is sent back."""
        return self.context["digest"]


def _address(name: str, sheet: BulkSheet) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[sheet.pk])}"


class FaultOutput(Output[ShownFault]):
    """What is wrong in a cell, or to be looked at again."""

    heading = serializers.CharField()
    typed = serializers.CharField(help_text="what stands in the cell")
    message = serializers.CharField()
    remedy = serializers.CharField()
    is_error = serializers.BooleanField(help_text="false: a warning")
    proposal = serializers.CharField(help_text="what was most likely meant. Empty: nothing is proposed")


class ErrorRowOutput(Output[ShownRow]):
    """A row with errors."""

    row = serializers.IntegerField(source="number", help_text="its line in the table, counted from 1")
    name = serializers.CharField(help_text="the filer’s name of the row")
    product = serializers.CharField()
    faults = FaultOutput(many=True)


class RowPetitionOutput(TableOutput[BulkRow]):
    """A row that became a draft, and what became of that."""

    row = serializers.IntegerField(source="number", help_text="its line in the table, counted from 1")
    petition = serializers.UUIDField(source="petition_id", allow_null=True, help_text="null: the draft was deleted")
    reference = serializers.CharField(source="petition.reference", allow_null=True, default=None)
    product_name = serializers.CharField(source="petition.product_name", allow_null=True, default=None)
    hts10 = Dotted(source="petition.hts10", allow_null=True, default=None)
    state = serializers.SerializerMethodField()
    problems = serializers.SerializerMethodField(help_text="why its check did not pass")
    left_out = serializers.ListField(
        child=serializers.CharField(), help_text="why it was certified and could not be filed"
    )

    class Meta:
        model = BulkRow
        fields = ("row", "petition", "reference", "product_name", "hts10", "state", "problems", "left_out")

    @extend_schema_field(serializers.ChoiceField(choices=list(STANDS)))
    def get_state(self, row: BulkRow) -> str:
        """How far it is."""
        return stand_of(row, self.context["stamp"])

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_problems(self, row: BulkRow) -> list[str]:
        """Those of the draft as it is now."""
        return list(row.problems) if self.get_state(row) == "failed" else []


class CertifiedOutput(Output[dict[str, Any]]):
    """A certificate that was given; its petitions are filed one after another."""

    certificate = serializers.UUIDField()
    sha256 = serializers.CharField()
    count = serializers.IntegerField(help_text="petitions that it is for")
    left_out = serializers.ListField(child=serializers.CharField(), help_text="products of the drafts it is not for")
    sheet = SheetOutput()


class NewSheetInput(serializers.Serializer[Any]):
    """For whom a sheet is begun, in which round, and the answers that hold for all rows."""

    round = serializers.SlugField(max_length=60, help_text="short name of an open round")
    organization = serializers.UUIDField(help_text="the requester: an organization of the person, or a client")
    filer_organization = serializers.UUIDField(
        required=False, allow_null=True, help_text="the person’s firm, where it files for a client"
    )
    company = Answers(
        required=False, help_text="{key: value} of the form’s first step; what is known already is filled in"
    )


class SheetInput(NewSheetInput):
    """The same with rows."""

    rows = serializers.ListField(
        child=serializers.DictField(),
        help_text="{heading: text}: headings as in the template (`key`, `key.cell`), `row` is your name of the row; "
        "below the key of a question whose answers have many rows, a list of objects",
    )


class SheetFileInput(NewSheetInput):
    """The same with a file."""

    file = SentFile(help_text="XLSX or CSV, made of the round’s template")


class AcceptInput(serializers.Serializer[Any]):
    """Which rows become drafts."""

    wanted = serializers.ChoiceField(
        choices=BulkSheet.Wanted.choices,
        error_messages={
            code: AcceptForm.base_fields["wanted"].error_messages[code] for code in ("required", "invalid_choice")
        },
    )


class CertifySheetInput(serializers.Serializer[Any]):
    """The certification of the token’s person: what the sheet showed, sent back."""

    digest = serializers.CharField(max_length=64, help_text="of the sheet as the person read it")
    was_read = serializers.BooleanField(help_text="that the person read the public version of each petition")
    certified = serializers.ListField(
        child=serializers.CharField(max_length=60), help_text="keys of all statements that the sheet names"
    )
