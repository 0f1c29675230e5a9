"""The API address of the questionnaires."""

from django.urls import URLPattern, path

from exclusions.api.questionnaires import QuestionnaireDetail

urlpatterns: list[URLPattern] = [
    path("questionnaires/<str:key>/", QuestionnaireDetail.as_view(), name="api-questionnaire"),
]
