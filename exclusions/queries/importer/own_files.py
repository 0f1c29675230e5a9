"""A person's own petitions for files: the columns of the docket, then what the owners alone know of them.

A petition that is on the docket has there what the docket has; another one has what is known of it. Memory does not
grow with the rows.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from exclusions.days import EASTERN
from exclusions.facts.forms import petition_form
from exclusions.gateways.dumps.tables import Cell
from exclusions.models import Petition, PetitionVersion
from exclusions.models.public import PublicPetition
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.importer.own_calendar import Due, own_calendar
from exclusions.queries.public.docket_columns import COLUMNS, DOC_TYPE
from exclusions.queries.public.docket_files import file_objects, file_rows
from exclusions.workflow.deadlines import eastern_date

AT_ONCE = 200
MARK = "BUSINESS CONFIDENTIAL: Answers Given In Confidence"
OWN = {"own_status": "Own Status", "filed_on": "Date Filed", "next_deadline": "Next Deadline", "deadlines": "Deadlines"}
REFERENCE = list(COLUMNS).index("reference")


def headings(*, confidential: bool) -> list[str]:
    """Return the headings of the file; the confidential column is marked, and there only where it is asked for."""
    return [*(column.heading for column in COLUMNS.values()), *OWN.values(), *([MARK] if confidential else [])]


def own_rows(owned: QuerySet[Petition], at: datetime, *, confidential: bool) -> Iterator[list[Cell]]:
    """Yield the cells of each petition, the one that was begun last first. A dozen statements for each 200."""
    for some in _some_at_a_time(owned):
        posted = PublicPetition.objects.filter(reference__in=[one.reference for one in some if one.reference])
        public = {str(row[REFERENCE]): row for row in file_rows(posted, "newest")}
        due = _due(some, at)
        for petition in some:
            known = public.get(str(petition.reference)) or [_known(petition).get(name) for name in COLUMNS]
            own = _own(petition, due.get(petition.pk, []))
            secret = [json.dumps(in_confidence(petition), ensure_ascii=False)] if confidential else []
            yield [*known, *own.values(), *secret]


def own_objects(owned: QuerySet[Petition], at: datetime, *, confidential: bool) -> Iterator[dict[str, Any]]:
    """Yield the same as objects: the names of the docket's JSON file, then those of OWN."""
    for some in _some_at_a_time(owned):
        posted = PublicPetition.objects.filter(reference__in=[one.reference for one in some if one.reference])
        public = {str(one["reference"]): one for one in file_objects(posted, "newest")}
        due = _due(some, at)
        for petition in some:
            known = public.get(str(petition.reference)) or _known(petition)
            own = {name: _plain(value) for name, value in _own(petition, due.get(petition.pk, [])).items()}
            secret = {"business_confidential": in_confidence(petition)} if confidential else {}
            yield {**known, **own, **secret}


def _some_at_a_time(owned: QuerySet[Petition]) -> Iterator[list[Petition]]:
    versions = PetitionVersion.objects.order_by("-number")
    read = owned.select_related("round", "organization", "filer_organization").prefetch_related(
        Prefetch("versions", versions)
    )
    rows = read_in_chunks(read, ("-created_at", "-pk"), AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield some


def _due(some: Sequence[Petition], at: datetime) -> dict[UUID, list[Due]]:
    found: dict[UUID, list[Due]] = {}
    for due in own_calendar(Petition.objects.filter(pk__in=[one.pk for one in some]), at):
        found.setdefault(due.petition, []).append(due)
    return found


def _known(petition: Petition) -> dict[str, Cell]:
    """Return what is known of a petition that is not on the docket, under the names of its columns."""
    firm = petition.filer_organization
    return {
        "doc_type": DOC_TYPE,
        "reference": petition.reference or "",
        "organization": petition.organization.legal_name,
        "hts10": petition.hts10,
        "docket": petition.round.docket,
        "product": petition.product_name,
        "filer": firm.legal_name if firm else "",
    }


def _own(petition: Petition, due: Sequence[Due]) -> dict[str, Cell]:
    ends = [
        f"{one.due_at.astimezone(EASTERN):%Y-%m-%d %H:%M} {one.kind}{f' {one.of}' if one.of else ''}" for one in due
    ]
    return {
        "own_status": petition.get_status_display(),
        "filed_on": eastern_date(petition.submitted_at) if petition.submitted_at else None,
        "next_deadline": eastern_date(due[0].due_at) if due else None,
        "deadlines": "; ".join(ends),
    }


def _plain(value: Cell) -> Any:
    return value if value is None or isinstance(value, str | int) else value.isoformat()


def in_confidence(petition: Petition) -> dict[str, Any]:
    """Return the confidential answers of a petition that was read with its versions, as they are now, by question."""
    versions = list(petition.versions.all())
    if not versions:
        return {}
    form = petition_form(petition.round)
    effective = form.effective(form.cleaned(versions[0].answers))
    return {key: value for key, value in effective.items() if key in form.confidential_keys}
