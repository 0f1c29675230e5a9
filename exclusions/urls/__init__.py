"""Every address of the product, one file a door; names and paths are promised in README.md and do not change."""

from django.urls import include, path

from exclusions.urls import (
    accounts,
    api_docket,
    api_exclusions,
    api_questionnaires,
    api_rounds,
    api_schema,
    api_tariff,
    casework,
    docket,
    exclusions,
    health,
    home,
    petitions,
    responses,
    review,
    rounds,
    tariff,
    verify,
    visibility,
)

PAGES = [
    visibility,
    home,
    docket,
    exclusions,
    tariff,
    rounds,
    verify,
    petitions,
    responses,
    review,
    casework,
    accounts,
    health,
]
API = [api_tariff, api_exclusions, api_questionnaires, api_rounds, api_docket]

urlpatterns = [
    *[path("", include(page.urlpatterns)) for page in PAGES],
    *[path("api/v1/", include(part.urlpatterns)) for part in API],
    path("", include(api_schema.urlpatterns)),
]
