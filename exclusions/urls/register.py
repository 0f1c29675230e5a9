"""From decision to Federal Register: notices, letters' templates, terms and renumbering.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path, re_path

from exclusions.views.register import renumbering

urlpatterns: list[URLPattern] = [
    path("renumbering/", renumbering.editions, name="renumbering"),
    path("renumbering/<int:edition_id>/", renumbering.edition, name="renumbering-edition"),
    re_path(
        r"^renumbering/(?P<edition_id>\d+)/correction\.(?P<kind>txt|docx)$",
        renumbering.correction,
        name="renumbering-correction",
    ),
    re_path(
        r"^renumbering/(?P<edition_id>\d+)/(?P<number>\d{8}|\d{10})/$", renumbering.number, name="renumbering-number"
    ),
]
