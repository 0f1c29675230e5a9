"""The REST API, its own description, and the answer to every API address that does not exist."""

from django.urls import URLPattern, path, re_path
from drf_spectacular.views import SpectacularAPIView

from exclusions.api import (
    anchors,
    docket,
    exclusions,
    fit,
    listed,
    questionnaires,
    refunds,
    rounds,
    search,
    tariff,
)
from exclusions.api.bulk import acts as bulk
from exclusions.api.bulk import leaks, rows, sheets
from exclusions.api.bulk.documents import OneSheetZip, SheetDocuments
from exclusions.api.cases import listed as cases
from exclusions.api.cases.record import OneCase
from exclusions.api.cases.transitions import ENDPOINTS
from exclusions.api.described.page import docs
from exclusions.api.mirrors import changes
from exclusions.api.petitions import acts, documents, drafts, events, letters, questions
from exclusions.api.problems import not_found
from exclusions.api.responding import responses
from exclusions.api.watching import deliveries, subscriptions

V1 = "api/v1"

urlpatterns: list[URLPattern] = [
    path(f"{V1}/rounds/", rounds.RoundList.as_view(), name="api-rounds"),
    path(f"{V1}/rounds/<slug:slug>/", rounds.OneRound.as_view(), name="api-round"),
    path(f"{V1}/rounds/<slug:slug>/exclusions/", listed.ListedExclusions.as_view(), name="api-listed"),
    path(
        f"{V1}/rounds/<slug:slug>/exclusions/<int:number>/",
        listed.OneListedExclusion.as_view(),
        name="api-listed-exclusion",
    ),
    path(f"{V1}/questionnaires/<str:key>/", questionnaires.QuestionnaireDetail.as_view(), name="api-questionnaire"),
    path(f"{V1}/tariff/lines/", tariff.TariffLines.as_view(), name="api-tariff-lines"),
    path(f"{V1}/tariff/lines/<str:number>/", tariff.TariffNumber.as_view(), name="api-tariff-line"),
    path(f"{V1}/exclusions/", exclusions.ExclusionList.as_view(), name="api-exclusions"),
    path(f"{V1}/exclusions/<str:reference>/", exclusions.ExclusionDetail.as_view(), name="api-exclusion"),
    path(f"{V1}/fit/", fit.DoesItFit.as_view(), name="api-fit"),
    path(f"{V1}/refunds/", refunds.Refunds.as_view(), name="api-refunds"),
    path(f"{V1}/docket/", docket.DocketList.as_view(), name="api-docket"),
    path(f"{V1}/docket/changes/", changes.DocketChanges.as_view(), name="api-docket-changes"),
    path(f"{V1}/docket/<str:reference>/", docket.DocketPetition.as_view(), name="api-docket-petition"),
    path(f"{V1}/docket/<str:reference>/responses/", responses.Responses.as_view(), name="api-docket-responses"),
    path(f"{V1}/responses/<str:reference>/reply/", responses.Replies.as_view(), name="api-response-reply"),
    path(f"{V1}/search/", search.Search.as_view(), name="api-search"),
    path(f"{V1}/subscriptions/", subscriptions.Subscriptions.as_view(), name="api-subscriptions"),
    path(f"{V1}/subscriptions/<int:pk>/", subscriptions.OneSubscription.as_view(), name="api-subscription"),
    path(
        f"{V1}/subscriptions/<int:pk>/deliveries/",
        deliveries.Deliveries.as_view(),
        name="api-subscription-deliveries",
    ),
    path(
        f"{V1}/subscriptions/<int:pk>/deliveries/<uuid:event>/replay/",
        deliveries.Replay.as_view(),
        name="api-subscription-replay",
    ),
    path(f"{V1}/subscriptions/<int:pk>/secret/", subscriptions.Secret.as_view(), name="api-subscription-secret"),
    path(f"{V1}/petitions/", drafts.Petitions.as_view(), name="api-petitions"),
    path(f"{V1}/petitions/bulk/", sheets.Sheets.as_view(), name="api-bulk-sheets"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/", sheets.OneSheet.as_view(), name="api-bulk-sheet"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/errors/", rows.SheetErrors.as_view(), name="api-bulk-errors"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/petitions/", rows.SheetPetitions.as_view(), name="api-bulk-petitions"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/documents/", SheetDocuments.as_view(), name="api-bulk-documents"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/documents/<uuid:zip>/", OneSheetZip.as_view(), name="api-bulk-zip"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/leaks/", leaks.SheetLeaks.as_view(), name="api-bulk-leaks"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/settle/", leaks.SettleLeaks.as_view(), name="api-bulk-settle"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/accept/", bulk.AcceptSheet.as_view(), name="api-bulk-accept"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/check/", bulk.CheckSheet.as_view(), name="api-bulk-check"),
    path(f"{V1}/petitions/bulk/<uuid:pk>/certify/", bulk.CertifySheet.as_view(), name="api-bulk-certify"),
    path(f"{V1}/petitions/<uuid:pk>/", drafts.OnePetition.as_view(), name="api-petition"),
    path(f"{V1}/petitions/<uuid:pk>/check/", acts.CheckPetition.as_view(), name="api-petition-check"),
    path(f"{V1}/petitions/<uuid:pk>/submit/", acts.SubmitPetition.as_view(), name="api-petition-submit"),
    path(f"{V1}/petitions/<uuid:pk>/withdraw/", acts.WithdrawPetition.as_view(), name="api-petition-withdraw"),
    path(f"{V1}/petitions/<uuid:pk>/documents/", documents.Documents.as_view(), name="api-petition-documents"),
    path(
        f"{V1}/petitions/<uuid:pk>/documents/<uuid:document>/",
        documents.OneDocument.as_view(),
        name="api-petition-document",
    ),
    path(f"{V1}/petitions/<uuid:pk>/receipt/", letters.Receipt.as_view(), name="api-petition-receipt"),
    path(f"{V1}/petitions/<uuid:pk>/letters/", letters.Letters.as_view(), name="api-petition-letters"),
    path(f"{V1}/petitions/<uuid:pk>/letters/<slug:code>/", letters.LetterFile.as_view(), name="api-petition-letter"),
    path(f"{V1}/petitions/<uuid:pk>/events/", events.Events.as_view(), name="api-petition-events"),
    path(f"{V1}/petitions/<uuid:pk>/questions/", questions.Questions.as_view(), name="api-petition-questions"),
    path(
        f"{V1}/petitions/<uuid:pk>/questions/<int:number>/answer/",
        questions.AnswerQuestion.as_view(),
        name="api-petition-question-answer",
    ),
    path(f"{V1}/deadlines/", events.Deadlines.as_view(), name="api-deadlines"),
    path(f"{V1}/cases/", cases.Cases.as_view(), name="api-cases"),
    path(f"{V1}/cases/<str:reference>/", OneCase.as_view(), name="api-case"),
    *(
        path(f"{V1}/cases/<str:reference>/{name}/", view.as_view(), name=f"api-case-{name}")
        for name, view in ENDPOINTS.items()
    ),
    path(f"{V1}/clusters/", cases.Clusters.as_view(), name="api-clusters"),
    path(f"{V1}/anchors/", anchors.AnchorList.as_view(), name="api-anchors"),
    path(f"{V1}/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", docs, name="api-docs"),
    re_path(r"^api/(?P<path>[\s\S]*)$", not_found, name="api-not-found"),  # also with a line's end in it
]
