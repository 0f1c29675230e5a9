"""The pages of the staff. Addresses with a word of their own come before those that take any word for a case."""

from django.urls import URLPattern, path, re_path

from exclusions.views.agency import (
    accesses,
    case_entries,
    case_files,
    confidential_treatment,
    customs,
    decided,
    interests,
    legal,
    notices,
    post,
    quarantine,
    responses,
    returns,
    screenings,
    sign,
    statements,
    waiting_files,
    worklist,
)
from exclusions.views.desk import case_moves, case_tabs

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/", worklist.worklist, name="review"),
    path("review/accesses/", accesses.review_accesses, name="review-accesses"),
    path("review/accesses.csv", accesses.access_export, name="review-access-export"),
    path("review/interests/", interests.interests, name="review-interests"),
    path("review/interests/<int:interest_id>/end/", interests.end_interest, name="review-interest-end"),
    path("review/responses/", responses.response_worklist, name="review-responses"),
    path("review/responses/<uuid:response_id>/", responses.response_decide, name="review-response"),
    path("review/returned/", returns.returned, name="review-returned"),
    path("review/files/", waiting_files.review_files, name="review-files"),
    path("review/files/<uuid:document_id>/", waiting_files.review_file, name="review-file"),
    path("review/words/", screenings.screenings, name="review-words"),
    path("review/words/<int:screening_id>/", screenings.screening_decide, name="review-words-decide"),
    path(f"{ONE}/statements/", statements.statements, name="case-statements"),
    path(f"{ONE}/statements/<int:statement_id>/second/", statements.second, name="case-statement-second"),
    path(f"{ONE}/quarantine/", quarantine.case_quarantine, name="case-quarantine"),
    path(
        f"{ONE}/quarantine/<int:quarantine_id>/restore/",
        quarantine.case_restore,
        name="case-quarantine-restore",
    ),
    path(
        f"{ONE}/quarantine/<int:quarantine_id>/correct/",
        quarantine.case_correct,
        name="case-quarantine-correct",
    ),
    path(
        f"{ONE}/quarantine/<int:quarantine_id>/replace/",
        quarantine.case_replace,
        name="case-quarantine-replace",
    ),
    path(f"{ONE}/", case_tabs.case, name="case"),
    re_path(
        r"^review/(?P<reference>[^/]+)/(?P<verb>take|release|assign)/$", case_moves.assignment, name="case-assignment"
    ),
    path(f"{ONE}/findings/<str:criterion>/", case_entries.finding, name="case-finding"),
    path(f"{ONE}/record/<str:kind>/", case_entries.entry, name="case-entry"),
    path(f"{ONE}/documents/<uuid:document_id>/", case_files.document, name="case-document"),
    path(f"{ONE}/confidentiality/refuse/", confidential_treatment.refuse, name="case-refuse-confidentiality"),
    path(f"{ONE}/letters/<str:code>/", case_files.letter, name="case-letter"),
    path(f"{ONE}/letters/<str:code>/anew/", decided.letter_anew, name="case-letter-anew"),
    path(f"{ONE}/return/", returns.return_case, name="case-return"),
    path(f"{ONE}/post/", post.post, name="case-post"),
    path(f"{ONE}/decision/reopen/", decided.reopen, name="case-reopen"),
    path(f"{ONE}/<str:name>/", case_moves.transition, name="case-transition"),
    path("legal/", legal.legal, name="legal"),
    path("customs/", customs.customs, name="customs"),
    path("customs/<int:draft_id>/", customs.customs_draft, name="customs-draft"),
    path("sign/", sign.sign, name="sign"),
    path("sign/<str:reference>/", sign.sign_case, name="sign-case"),
    path("notices/", notices.notices, name="notices"),
    path("notices/heading/", notices.heading, name="notice-heading"),
    path("notices/<int:notice_id>/", notices.notice, name="notice"),
]
