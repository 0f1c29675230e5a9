"""The desks beside the worklist: counsel, Customs, signatory, publisher."""

from django.urls import URLPattern, path

from exclusions.views.agency.customs import customs, customs_draft
from exclusions.views.agency.legal import legal
from exclusions.views.agency.notices import notices
from exclusions.views.agency.sign import sign, sign_case

urlpatterns: list[URLPattern] = [
    path("legal/", legal, name="legal"),
    path("customs/", customs, name="customs"),
    path("customs/<int:draft_id>/", customs_draft, name="customs-draft"),
    path("sign/", sign, name="sign"),
    path("sign/<str:reference>/", sign_case, name="sign-case"),
    path("notices/", notices, name="notices"),
]
