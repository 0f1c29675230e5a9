"""From decision to Federal Register: notices, letters' templates, terms and renumbering.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path

from exclusions.views.register import letter_templates

TEMPLATE = "letters/templates/<slug:kind>"

urlpatterns: list[URLPattern] = [
    path("letters/templates/", letter_templates.templates, name="letter-templates"),
    path(f"{TEMPLATE}/", letter_templates.template, name="letter-template"),
    path(f"{TEMPLATE}/<int:number>/", letter_templates.version, name="letter-template-version"),
    path(f"{TEMPLATE}/<int:number>/preview/", letter_templates.version_preview, name="letter-template-preview"),
]
