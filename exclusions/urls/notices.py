"""From decision to Federal Register: notices, letters' templates, terms and renumbering.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path

from exclusions.views.casework import submissions as desks
from exclusions.views.notices import (
    amendments,
    letter_templates,
    looked_for,
    notice_drafts,
    notices,
    renumbering,
    standing_answers,
    term_presses,
    terms,
)
from exclusions.views.public import submissions

COMMENTS = {"pages": submissions.COMMENTS}
DESK = {"desk": desks.COMMENTS}
COMMENT = "rounds/<slug:slug>/comment"
TEMPLATE = "letters/templates/<slug:kind>"

urlpatterns: list[URLPattern] = [
    path(f"{COMMENT}/", submissions.send, COMMENTS, name="listed-comment"),
    path(f"{COMMENT}/sent/", submissions.sent, COMMENTS, name="listed-comment-sent"),
    path(f"{COMMENT}/confirm/<str:token>/", submissions.confirm, COMMENTS, name="listed-comment-confirm"),
    path(f"{COMMENT}/confirm/<str:token>/withdraw/", submissions.withdraw, COMMENTS, name="listed-comment-withdraw"),
    path("comments/", desks.waiting_submissions, DESK, name="comments"),
    path("comments/<uuid:submission_id>/", desks.decide_submission, DESK, name="comment-decide"),
    path("terms/", terms.term_rounds, name="terms"),
    path("terms/<slug:slug>/", terms.term_desk, name="term-desk"),
    path("terms/<slug:slug>/recommend/", terms.recommend, name="terms-recommend"),
    path("terms/<slug:slug>/sign/", terms.sign, name="terms-sign"),
    path("terms/<slug:slug>/draft/", terms.draft, name="terms-draft"),
    path("terms/<slug:slug>/publish/", terms.publish, name="terms-publish"),
    path("terms/<slug:slug>/<int:number>/", terms.term_comments, name="term-comments"),
    path("terms/<slug:slug>/signed/", term_presses.signed, name="term-presses"),
    path("terms/<slug:slug>/signed/<int:key>/", term_presses.one_press, name="term-press"),
    path("letters/templates/", letter_templates.templates, name="letter-templates"),
    path(f"{TEMPLATE}/", letter_templates.template, name="letter-template"),
    path(f"{TEMPLATE}/<int:number>/", letter_templates.version, name="letter-template-version"),
    path(f"{TEMPLATE}/<int:number>/preview/", letter_templates.version_preview, name="letter-template-preview"),
    path("notices/drafts/", notice_drafts.notice_drafts, name="notice-drafts"),
    path("notices/drafts/<int:draft_id>/", notice_drafts.notice_draft, name="notice-draft"),
    path(
        "notices/drafts/<int:draft_id>/notice.<str:kind>",
        notice_drafts.notice_draft_file,
        name="notice-draft-file",
    ),
    path("notices/withdraw/", notice_drafts.withdraw, name="notice-withdraw"),
    path("staff/amendments/", amendments.amendments, name="amendments"),
    path("staff/amendments/<int:key>/", amendments.amendment, name="amendment"),
    path(
        "staff/exclusions/<str:reference>/amend/<str:what>/<int:key>/",
        amendments.amend,
        name="staff-exclusion-amend",
    ),
    path("staff/standing-answers/", standing_answers.standing_answers, name="staff-standing-answers"),
    path("staff/standing-answers/<int:key>/withdraw/", standing_answers.withdraw, name="standing-answer-withdraw"),
    path("notices-searched/", looked_for.looked_for, name="notices-searched"),
    path("renumbering/", renumbering.editions, name="renumbering"),
    path("renumbering/<int:edition_id>/", renumbering.edition, name="renumbering-edition"),
    path("renumbering/<int:edition_id>/correction.<slug:kind>", renumbering.correction, name="renumbering-correction"),
    path("renumbering/<int:edition_id>/<slug:number>/", renumbering.number, name="renumbering-number"),
    path("notices/", notices.notices, name="notices"),
    path("notices/heading/", notices.heading, name="notice-heading"),
    path("notices/<int:notice_id>/", notices.notice, name="notice"),
]
