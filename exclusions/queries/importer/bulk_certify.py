"""The drafts of a sheet before they are certified together: how far each is, and its public version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet

from exclusions import hts
from exclusions.facts.forms import petition_form
from exclusions.gateways.bulk_sheets.joint_receipt import JointReceipt
from exclusions.models import BulkCertificate, BulkRow, BulkSheet, Document, Petition, PetitionVersion
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.importer.filing import PublicStep, public_steps
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.states import Status

COLUMNS = ("Line", "Product", "HTSUS number", "Part of the form", "Question", "Public answer")
AT_ONCE = 100  # drafts that are read at a time for the file


@dataclass(frozen=True)
class Progress:
    """How many drafts of a sheet are not filed, may be certified, failed their check, wait for one; and how many
    petitions are filed, are being filed, and were certified and left out.
    """

    drafts: int = 0
    ready: int = 0
    failed: int = 0
    filed: int = 0
    waiting: int = 0
    left_out: int = 0

    @property
    def unchecked(self) -> int:
        """How many were not checked as they are now."""
        return self.drafts - self.ready - self.failed

    @property
    def checked(self) -> int:
        """How many were checked as they are now."""
        return self.ready + self.failed

    @property
    def not_certified(self) -> int:
        """How many drafts wait for nobody but who certifies."""
        return self.drafts - self.waiting

    @property
    def certified(self) -> int:
        """How many were certified."""
        return self.filed + self.waiting + self.left_out


def progress_of(sheet: BulkSheet, stamp: str) -> Progress:
    """Return how far the drafts of a sheet are; `stamp` is that of the tariff and round now. One statement."""
    draft = Q(petition__status=Status.DRAFT)
    proved = draft & Q(proved_revision=F("petition__revision"), proof_stamp=stamp)
    certified = Q(certificate__isnull=False)
    return Progress(
        **sheet.rows.aggregate(
            drafts=Count("pk", filter=draft),
            ready=Count("pk", filter=proved & Q(passed=True)),
            failed=Count("pk", filter=proved & Q(passed=False)),
            filed=Count("pk", filter=Q(filed_at__isnull=False)),
            waiting=Count("pk", filter=certified & Q(filed_at__isnull=True, left_out=[])),
            left_out=Count("pk", filter=certified & Q(filed_at__isnull=True) & ~Q(left_out=[])),
        )
    )


def drafts_in_turn(sheet: BulkSheet) -> QuerySet[BulkRow]:
    """Return the rows whose drafts are not filed, with what their public versions are made of.

    Those that did not pass their check come first, then they come as in the table. Three statements.
    """
    return _with_answers(sheet.rows.drafts().order_by("passed", "number"))


@dataclass(frozen=True)
class ShownDraft:
    """One draft as whoever certifies reads it: what keeps it from being certified, and its public version."""

    row: BulkRow
    petition: Petition
    number: str
    is_ready: bool
    public: list[PublicStep]


def shown_drafts(rows: Iterable[BulkRow], stamp: str) -> list[ShownDraft]:
    """Return drafts of `drafts_in_turn` with their public versions; `stamp` is that of the tariff and round now."""
    return [_draft_as_read(row, stamp) for row in rows]


def _with_answers(rows: QuerySet[BulkRow]) -> QuerySet[BulkRow]:
    """Return the rows with what a public version is made of."""
    versions = PetitionVersion.objects.open()
    files = Document.objects.only("pk", "petition_id", "file_name")
    return rows.select_related("petition__round").prefetch_related(
        Prefetch("petition__versions", versions, to_attr="open_versions"),
        Prefetch("petition__documents", files, to_attr="named_files"),
    )


def _public(petition: Petition) -> list[PublicStep]:
    versions: Sequence[PetitionVersion] = petition.open_versions  # type: ignore[attr-defined]  # read with it
    files: Iterable[Document] = petition.named_files  # type: ignore[attr-defined]
    form, answers = petition_form(petition.round), versions[0].answers if versions else {}
    return public_steps(form, form.cleaned(answers), {str(file.pk): file.file_name for file in files})


STANDS = ("deleted", "unchecked", "failed", "ready", "certified", "filed")


def stand_of(row: BulkRow, stamp: str) -> str:
    """Return which of STANDS a row that became a draft is; `stamp` is that of the tariff and round now."""
    petition = row.petition
    if petition is None:
        return "deleted"
    if petition.status != Status.DRAFT:
        return "filed"
    if row.certificate_id is not None and not row.left_out:
        return "certified"
    if not _is_proved(row, petition, stamp):
        return "unchecked"
    return "ready" if row.passed else "failed"


def _is_proved(row: BulkRow, petition: Petition, stamp: str) -> bool:
    return row.proved_revision == petition.revision and row.proof_stamp == stamp


def _draft_as_read(row: BulkRow, stamp: str) -> ShownDraft:
    petition = row.petition
    assert petition is not None  # it is a draft
    is_proved = _is_proved(row, petition, stamp)
    number = hts.dotted(petition.hts10) if petition.hts10 else ""
    if not is_proved:
        row.problems = []
    return ShownDraft(row, petition, number, is_proved and row.passed, _public(petition))


def public_rows(sheet: BulkSheet) -> Iterator[Sequence[str]]:
    """Yield the public versions of all drafts that are not filed, a line for each answer, as COLUMNS names them."""
    for row in read_in_chunks(_with_answers(sheet.rows.drafts()), ("number",), AT_ONCE):
        number = hts.dotted(row.petition.hts10) if row.petition.hts10 else ""
        for step in _public(row.petition):
            for label, value in step.lines:
                yield (str(row.number), row.petition.product_name, number, step.title, label, value)


def certificates_of(sheet: BulkSheet) -> QuerySet[BulkCertificate]:
    """Return the certificates that were given for a sheet, the latest first."""
    return BulkCertificate.objects.filter(sheet_key=sheet.pk).select_related("made_by").order_by("-made_at", "pk")


def rows_left_out(sheet: BulkSheet) -> QuerySet[BulkRow]:
    """Return the rows that were certified and not filed, each with its draft, in the order of the table."""
    left = sheet.rows.filter(certificate__isnull=False, filed_at__isnull=True).exclude(left_out=[])
    return left.select_related("petition").order_by("number")


def receipt_of(sheet: BulkSheet, certificate: BulkCertificate) -> JointReceipt:
    """Return what the receipt for all petitions of a certificate says."""
    filed = list(_filed_under(certificate))
    facts = [
        ("Docket", f"{sheet.round.docket}, {sheet.round.title}"),
        ("Petitioner", sheet.organization.legal_name),
        *([("Filed by", sheet.filer_organization.legal_name)] if sheet.filer_organization else []),
        ("Certified by", str(certificate.made_by)),
        ("Filed as of", in_words(certificate.made_at)),
        ("Petitions", f"{len(filed)} filed of {len(certificate.drafts)} certified"),
    ]
    statements = [words for _key, words in certificate.statements]
    return JointReceipt(
        sheet.round.docket,
        certificate.made_at,
        facts,
        statements,
        certificate.sha256,
        filed,
        is_demo=sheet.round.is_demo,
    )


def _filed_under(certificate: BulkCertificate) -> Iterator[list[str]]:
    sealed = PetitionVersion.objects.sealed().order_by("number")
    filed = certificate.rows.filter(filed_at__isnull=False).select_related("petition")
    rows = filed.prefetch_related(Prefetch("petition__versions", sealed, to_attr="sealed_versions"))
    for row in rows.order_by("petition__reference"):
        petition = row.petition
        assert petition is not None  # what is filed stays
        versions: Sequence[PetitionVersion] = petition.sealed_versions  # type: ignore[attr-defined]  # read with it
        sha256 = versions[0].sha256 if versions else ""
        yield [str(petition.reference), hts.dotted(petition.hts10), petition.product_name, sha256]
