"""A page with every component and kind of field, and doors to the error pages; only tests have these addresses."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from exclusions.questionnaires.language.question import Visibility
from exclusions.views.core.errors import server_error
from exclusions.workflow.states import Stage
from tests.functional.controls import controls
from tradecases import urls

EASTERN = ZoneInfo("America/New_York")
TEMPLATE = Path(__file__).with_name("kitchen.html")
YES_NO = [("yes", "Yes"), ("no", "No")]


class EveryField(forms.Form):
    """One field of each kind that the site uses."""

    name = forms.CharField(label="Product name", help_text="As a buyer would call it.")
    why = forms.CharField(label="Why no other supplier", widget=forms.Textarea(attrs={"maxlength": 500}))
    made = forms.ChoiceField(label="Is it made here?", choices=YES_NO, widget=forms.RadioSelect, help_text="Or there?")
    asked = forms.MultipleChoiceField(label="Whom asked", choices=YES_NO, widget=forms.CheckboxSelectMultiple)
    country = forms.ChoiceField(label="Country", choices=YES_NO)
    value = forms.DecimalField(label="Value in 2018")
    posted = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    document = forms.FileField(label="Document", help_text="PDF, at most 20 MB.")
    certified = forms.BooleanField(label="I certify that this is true", help_text="18 U.S.C. 1001 applies.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, mark, text in [
            ("value", "unit_prefix", "$"),
            ("value", "visibility", "confidential"),
            ("name", "visibility", "public"),
        ]:
            setattr(self.fields[name], mark, text)

    def clean(self) -> None:
        self.add_error(None, "Name and number do not agree.")


def kitchen(request: HttpRequest) -> HttpResponse:
    """Show everything; `?blank` shows the form before anything was sent."""
    template = engines["django"].from_string(TEMPLATE.read_text())
    context = {
        "form": EveryField() if "blank" in request.GET else EveryField(data={}),
        "now": datetime(2019, 7, 18, 10, tzinfo=EASTERN),
        "moment": datetime(2019, 7, 22, 23, 59, tzinfo=EASTERN),
        "steps": [
            {"label": "Who files", "url": "/", "state": "done"},
            {"label": "Product", "url": "", "state": "current"},
            {"label": "Certify", "url": "", "state": "todo"},
        ],
        "trail": [("/", "Start"), ("/docket/", "Docket")],
        "states": list(Stage),
        "page": Paginator(range(1000), 25).get_page(5),
        "facts": [
            {"label": "Product", "value": "Pumps", "visibility": Visibility.PUBLIC},
            {"label": "Price", "value": "$1,234", "confidential": True},
        ],
        "offers": [
            {"name": "post", "label": "Post to the docket", "url": "/", "reasons": [], "needs_reason": False},
            {"name": "return", "label": "Return for correction", "url": "/", "reasons": [], "needs_reason": True},
            {"name": "grant", "label": "Sign grant", "url": "/", "reasons": ["No finding yet."], "needs_reason": False},
        ],
        "reasons": ["You belong to the requester.", "It is not in review."],
    }
    return HttpResponse(template.render(context, request))


def denied(request: HttpRequest) -> HttpResponse:
    """Refuse with a sentence."""
    raise PermissionDenied("You belong to the organization that filed this petition.")


def unreadable(request: HttpRequest) -> HttpResponse:
    """Refuse a request that makes no sense."""
    raise SuspiciousOperation("odd")


urlpatterns = [
    path("kitchen/", kitchen),
    path("controls/<str:state>/", controls),
    path("denied/", denied),
    path("unreadable/", unreadable),
    path("broken/", server_error),
    *urls.urlpatterns,
]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
