"""Who read what, who is tied to whom, and what was taken down. Before the addresses that take any word for a case."""

from django.urls import URLPattern, path

from exclusions.views.agency import accesses, interests, quarantine

urlpatterns: list[URLPattern] = [
    path("petitions/<uuid:petition_id>/accesses/", accesses.petition_accesses, name="petition-accesses"),
    path("petitions/<uuid:petition_id>/quarantine/", quarantine.petition_quarantine, name="petition-quarantine"),
    path(
        "petitions/<uuid:petition_id>/quarantine/<int:quarantine_id>/replace/",
        quarantine.petition_replace,
        name="petition-quarantine-replace",
    ),
    path("review/accesses/", accesses.review_accesses, name="review-accesses"),
    path("review/accesses.csv", accesses.access_export, name="review-access-export"),
    path("review/interests/", interests.interests, name="review-interests"),
    path("review/interests/<int:interest_id>/end/", interests.end_interest, name="review-interest-end"),
    path("review/<str:reference>/quarantine/", quarantine.case_quarantine, name="case-quarantine"),
    path(
        "review/<str:reference>/quarantine/<int:quarantine_id>/restore/",
        quarantine.case_restore,
        name="case-quarantine-restore",
    ),
]
