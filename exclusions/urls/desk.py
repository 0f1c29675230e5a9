"""The desk: work on many cases, and a case on one screen.

They come before the pages of the agency, which take any word for a case, and behind a case any word for a transition.
"""

from django.urls import URLPattern, path, re_path

from exclusions.views.desk import (
    at_desk,
    case_tabs,
    closings,
    clusters,
    independence,
    inquiries,
    joint,
    manual,
    many,
    next_case,
    notes,
    past,
    saved_views,
    search,
    staff_mail,
    team,
)

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/search/", search.search_cases, name="review-search"),
    path("review/find/<str:reference>/", search.find_case, name="find-case"),
    path("review/past/<str:reference>/", past.past_case, name="past-case"),
    path("review/many/", many.many_cases, name="review-many"),
    path("accounts/mail/", staff_mail.settings, name="mail-settings"),
    path("mail/stop/<str:token>/", staff_mail.stop, name="mail-stop"),
    path(f"{ONE}/findings/", at_desk.findings, name="case-findings"),
    path(f"{ONE}/agree/", at_desk.agree, name="case-agree"),
    path("review/next/", next_case.next_case, name="review-next"),
    path("review/team/", team.team, name="review-team"),
    path("review/team/tags/", notes.team_tag, name="review-team-tags"),
    path("review/team/target/", team.target, name="review-team-target"),
    path("review/team/absences/", team.absence, name="review-absences"),
    path("review/team/absences/<int:absence_id>/withdraw/", team.absence_withdraw, name="review-absence-withdraw"),
    path("review/notes/", notes.naming, name="review-notes"),
    path("review/views/", saved_views.keep, name="review-views"),
    path("review/views/<int:view_id>/remove/", saved_views.remove, name="review-view-remove"),
    path("review/agreement/", independence.agreement_report, name="review-agreement"),
    path("staff/blind-review/<slug:slug>/", independence.share, name="staff-round-sample"),
    path(f"{ONE}/own-view/", independence.own_view, name="case-own-view"),
    path(f"{ONE}/notes/", notes.case_notes, name="case-notes"),
    re_path(r"^review/(?P<reference>[^/]+)/tags/(?P<verb>put|take)/$", notes.case_tag, name="case-tag"),
    path(f"{ONE}/evidence/", case_tabs.evidence, name="case-evidence"),
    path(f"{ONE}/like/", case_tabs.like, name="case-like"),
    path(f"{ONE}/text/", case_tabs.text, name="case-text"),
    path(f"{ONE}/events/", case_tabs.events, name="case-events"),
    path(f"{ONE}/questions/<int:number>/back/", inquiries.take_back_inquiry, name="case-inquiry-back"),
    path("petitions/<uuid:petition_id>/questions/<int:number>/", inquiries.answer_inquiry, name="petition-inquiry"),
    path(f"{ONE}/close/<str:kind>/", closings.close, name="case-close"),
    path("help/staff/", manual.manual, name="staff_manual"),
    path("help/staff/<slug:slug>/", manual.manual_on, name="staff_manual_page"),
    path("clusters/", clusters.clusters, name="clusters"),
    path("clusters/propose/", clusters.propose, name="clusters-propose"),
    path("clusters/<int:key>/", clusters.cluster, name="cluster"),
    path("clusters/<int:key>/letters/", clusters.letters_again, name="cluster-letters"),
    path("clusters/<int:key>/<slug:kind>/", joint.joint, name="cluster-act"),
]
