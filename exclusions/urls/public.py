"""What everybody may open: start page, docket, exclusions, tariff, rounds, verification of letters, responses."""

from django.urls import URLPattern, path, re_path

from exclusions.views.importer import own_responses
from exclusions.views.lookup import exclusions, number, tariff
from exclusions.views.public import (
    docket,
    docket_exports,
    docket_feed,
    docket_list,
    dumps,
    home,
    joint_statements,
    listed,
    notices,
    replies,
    rounds,
    security,
    standing_answers,
    submissions,
    verify,
)

RESPONSES = {"pages": submissions.RESPONSES}
ONE = "docket/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("welcome/", home.welcome, name="welcome"),
    path(".well-known/security.txt", security.security_txt, name="security-txt"),
    path("security-policy.txt", security.security_policy, name="security-policy"),
    path("docket/", docket_list.docket_list, name="docket"),
    re_path(r"^docket\.(?P<kind>csv|xlsx|json)$", docket_exports.docket_export, name="docket-export"),
    path("docket/feed/", docket_feed.DocketFeed(), name="docket-feed"),
    path("docket/dumps/", dumps.dumps, name="docket-dumps"),
    path("docket/dumps/<str:name>", dumps.dump, name="docket-dump"),
    path("docket/respond/", joint_statements.respond_many, name="docket-respond-many"),
    path("docket/respond/sent/", joint_statements.sent, name="docket-respond-many-sent"),
    path("docket/respond/confirm/<str:token>/", joint_statements.confirm_many, name="docket-respond-many-confirm"),
    path(f"{ONE}/", docket.docket_petition, name="docket-petition"),
    path(f"{ONE}/documents/<uuid:key>/", docket.docket_document, name="docket-document"),
    path(f"{ONE}/respond/", submissions.send, RESPONSES, name="docket-respond"),
    path(f"{ONE}/respond/sent/", submissions.sent, RESPONSES, name="docket-respond-sent"),
    path(f"{ONE}/respond/confirm/<str:token>/", submissions.confirm, RESPONSES, name="docket-respond-confirm"),
    path(
        f"{ONE}/respond/confirm/<str:token>/withdraw/", submissions.withdraw, RESPONSES, name="docket-respond-withdraw"
    ),
    path(f"{ONE}/respond/confirm/<str:token>/replace/", submissions.replace, name="docket-respond-replace"),
    path(
        f"{ONE}/respond/confirm/<str:token>/take-down/",
        own_responses.take_down_by_link,
        name="docket-respond-take-down",
    ),
    path(
        f"{ONE}/responses/<str:response>/take-down/",
        own_responses.take_down_own,
        name="docket-response-take-down",
    ),
    path(f"{ONE}/reply/<str:response>/", replies.reply_to_response, name="docket-reply"),
    path("exclusions/", exclusions.exclusion_list, name="exclusions"),
    re_path(r"^exclusions\.(?P<kind>csv|xlsx|json)$", exclusions.exclusion_export, name="exclusion-export"),
    path("exclusions/<str:reference>/", exclusions.exclusion_detail, name="exclusion"),
    path("standing-answers/", standing_answers.standing_answers, name="standing-answers"),
    path("notices/published/", notices.notice_list, name="published-notices"),
    path("notices/published/<int:number>/", notices.published, name="published-notice"),
    path(
        "notices/published/<int:number>/notice.<str:kind>",
        notices.published_file,
        name="published-notice-file",
    ),
    path("tariff/", tariff.tariff_search, name="tariff"),
    path("tariff/<str:number>/", number.tariff_number, name="tariff-number"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/feed/", rounds.OrdersFeed(), name="rounds-feed"),
    path("rounds/<slug:slug>/", rounds.one_round, name="round"),
    path("rounds/<slug:slug>/versions/", rounds.round_versions, name="round-versions"),
    path("rounds/<slug:slug>/exclusions/", listed.listed_exclusions, name="listed"),
    path("rounds/<slug:slug>/exclusions/<int:number>/", listed.listed_exclusion, name="listed-exclusion"),
    path("verify/", verify.verify, name="verify"),
    path("verify.txt", verify.anchors_as_text, name="anchors-text"),
    path("verify/<str:code>/", verify.verify_letter, name="verify-letter"),
]
