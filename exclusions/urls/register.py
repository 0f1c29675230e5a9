"""From decision to Federal Register: notices, letters' templates, terms and renumbering.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path

from exclusions.views.register import amendments, letter_templates

TEMPLATE = "letters/templates/<slug:kind>"

urlpatterns: list[URLPattern] = [
    path("letters/templates/", letter_templates.templates, name="letter-templates"),
    path(f"{TEMPLATE}/", letter_templates.template, name="letter-template"),
    path(f"{TEMPLATE}/<int:number>/", letter_templates.version, name="letter-template-version"),
    path(f"{TEMPLATE}/<int:number>/preview/", letter_templates.version_preview, name="letter-template-preview"),
    path("staff/amendments/", amendments.amendments, name="amendments"),
    path("staff/amendments/<int:key>/", amendments.amendment, name="amendment"),
    path(
        "staff/exclusions/<str:reference>/amend/<str:what>/<int:key>/",
        amendments.amend,
        name="staff-exclusion-amend",
    ),
]
