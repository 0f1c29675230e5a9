"""From decision to Federal Register: notices, letters' templates, terms and renumbering.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path, re_path

from exclusions.views.register import letter_templates, notice_drafts

TEMPLATE = "letters/templates/<slug:kind>"

urlpatterns: list[URLPattern] = [
    path("letters/templates/", letter_templates.templates, name="letter-templates"),
    path(f"{TEMPLATE}/", letter_templates.template, name="letter-template"),
    path(f"{TEMPLATE}/<int:number>/", letter_templates.version, name="letter-template-version"),
    path(f"{TEMPLATE}/<int:number>/preview/", letter_templates.version_preview, name="letter-template-preview"),
    path("notices/drafts/", notice_drafts.notice_drafts, name="notice-drafts"),
    path("notices/drafts/<int:draft_id>/", notice_drafts.notice_draft, name="notice-draft"),
    re_path(
        r"^notices/drafts/(?P<draft_id>[0-9]{1,9})/notice\.(?P<kind>docx|pdf|csv|json)$",
        notice_drafts.notice_draft_file,
        name="notice-draft-file",
    ),
    path("notices/withdraw/", notice_drafts.withdraw, name="notice-withdraw"),
]
