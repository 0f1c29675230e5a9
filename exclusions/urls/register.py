"""From decision to Federal Register: notices, letters' templates, terms and renumbering.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path

from exclusions.views.register import amendments

urlpatterns: list[URLPattern] = [
    path("staff/amendments/", amendments.amendments, name="amendments"),
    path("staff/amendments/<int:key>/", amendments.amendment, name="amendment"),
    path(
        "staff/exclusions/<str:reference>/amend/<str:what>/<int:key>/",
        amendments.amend,
        name="staff-exclusion-amend",
    ),
]
