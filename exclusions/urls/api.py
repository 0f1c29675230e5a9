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
    subscriptions,
    tariff,
)
from exclusions.api.described.page import docs
from exclusions.api.petitions import acts, documents, drafts, letters
from exclusions.api.problems import not_found

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
    path(f"{V1}/docket/<str:reference>/", docket.DocketPetition.as_view(), name="api-docket-petition"),
    path(f"{V1}/search/", search.Search.as_view(), name="api-search"),
    path(f"{V1}/subscriptions/", subscriptions.Subscriptions.as_view(), name="api-subscriptions"),
    path(f"{V1}/subscriptions/<int:pk>/", subscriptions.OneSubscription.as_view(), name="api-subscription"),
    path(
        f"{V1}/subscriptions/<int:pk>/deliveries/",
        subscriptions.Deliveries.as_view(),
        name="api-subscription-deliveries",
    ),
    path(f"{V1}/petitions/", drafts.Petitions.as_view(), name="api-petitions"),
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
    path(f"{V1}/anchors/", anchors.AnchorList.as_view(), name="api-anchors"),
    path(f"{V1}/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", docs, name="api-docs"),
    re_path(r"^api/(?P<path>[\s\S]*)$", not_found, name="api-not-found"),  # also with a line's end in it
]
