"""The page on which a product text is drafted: the text written from attributes, and what stands beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from exclusions import hts
from exclusions.forms.register.attributes import AttributesForm
from exclusions.forms.review import ProductTextForm
from exclusions.hts import dotted
from exclusions.models import Petition, User
from exclusions.queries.register.drafting import drafting
from exclusions.wording import Remark

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


def beside(petition: Petition, form: forms.Form, remarks: Sequence[Remark], user: User, at: datetime) -> dict[str, Any]:
    """Return what the page shows beside the form of a text; nothing for the form of another entry."""
    if not isinstance(form, DraftingForm):
        return {}
    found = drafting(petition, user, text=form.text_now, number=form.number_now, remarks=remarks, at=at)
    return {"beside": found, "attributes": form.attributes if form.is_bound else AttributesForm(described=found.stated)}
