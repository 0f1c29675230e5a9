"""The intake clerk's addresses for responses; before those of cases, which take "responses" for a reference."""

from django.urls import URLPattern, path

from exclusions.views.agency.responses import response_decide, response_queue

urlpatterns: list[URLPattern] = [
    path("review/responses/", response_queue, name="review-responses"),
    path("review/responses/<uuid:response_id>/", response_decide, name="review-response"),
]
