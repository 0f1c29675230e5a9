"""The page on which a product text is drafted: the text written from attributes, and what stands beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from exclusions import hts
from exclusions.forms.casework.review import ProductTextForm
from exclusions.forms.notices.attributes import AttributesForm
from exclusions.hts import dotted
from exclusions.models import Petition
from exclusions.queries.notices.drafting import drafting
from exclusions.views.core.signed_in import SignedInRequest

WRITE = "write"


class DraftingForm(ProductTextForm):
    """The text, with the attributes from which “Write the text” writes it; that fills the text, and saves nothing."""

    def __init__(self, petition: Petition, sent: QueryDict | None) -> None:
        last = petition.drafts.order_by("-version").first()
        initial = (
            {"number": dotted(last.number), "text": last.text, "whole_number": last.whole_number}
            if last
            else {"number": dotted(petition.hts10)}
        )
        self.attributes = AttributesForm(sent)
        self.writes = sent is not None and WRITE in sent
        written = self.attributes.write(sent.get("number", "")) if sent is not None and self.writes else ""
        if sent is not None and written:
            sent = sent.copy()
            sent["text"] = written
        super().__init__(sent, initial=initial)

    @property
    def text_now(self) -> str:
        """The text as it stands in the form."""
        return str(self["text"].value() or "")

    @property
    def number_now(self) -> str:
        """The number as it stands in the form, plain; "" where it is none."""
        try:
            return hts.parse(str(self["number"].value() or ""), digits=(10,)).plain
        except hts.HtsError:
            return ""


def drafting_page(
    request: SignedInRequest,
    petition: Petition,
    form: DraftingForm,
    context: Mapping[str, Any],
    *,
    at: datetime,
    status: int,
) -> HttpResponse:
    """Return the page: `context` of the entry with its `remarks`, and what stands beside the text as it is typed."""
    text, number, remarks = form.text_now, form.number_now, context["remarks"]
    beside = drafting(petition, request.user, text=text, number=number, remarks=remarks, at=at)
    attributes = form.attributes if form.is_bound else AttributesForm(described=beside.stated)
    shown = {**context, "beside": beside, "attributes": attributes}
    return render(request, "casework/case/drafting/page.html", shown, status=status)
