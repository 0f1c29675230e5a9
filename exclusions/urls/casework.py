"""The desks beside the worklist: counsel, Customs, signatory, publisher."""

from django.urls import URLPattern, path

from exclusions.views.customs import customs, customs_draft
from exclusions.views.legal import legal
from exclusions.views.notices import notices
from exclusions.views.sign import sign, sign_case

urlpatterns: list[URLPattern] = [
    path("legal/", legal, name="legal"),
    path("customs/", customs, name="customs"),
    path("customs/<int:draft_id>/", customs_draft, name="customs-draft"),
    path("sign/", sign, name="sign"),
    path("sign/<str:reference>/", sign_case, name="sign-case"),
    path("notices/", notices, name="notices"),
]
