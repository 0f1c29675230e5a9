"""The staff's worklist and the pages of a case."""

from django.urls import URLPattern, path, re_path

from exclusions.views.agency import case as review
from exclusions.views.agency import case_files, case_records, confidential_treatment

ONE = "review/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("review/", review.worklist, name="review"),
    path(f"{ONE}/", review.case, name="case"),
    re_path(r"^review/(?P<reference>[^/]+)/(?P<verb>take|release|assign)/$", review.assignment, name="case-assignment"),
    path(f"{ONE}/findings/<str:criterion>/", case_records.finding, name="case-finding"),
    path(f"{ONE}/record/<str:kind>/", case_records.record, name="case-record"),
    path(f"{ONE}/documents/<uuid:document_id>/", case_files.document, name="case-document"),
    path(f"{ONE}/confidentiality/refuse/", confidential_treatment.refuse, name="case-refuse-confidentiality"),
    path(f"{ONE}/letters/<str:code>/", case_files.letter, name="case-letter"),
    path(f"{ONE}/<str:name>/", review.step, name="case-step"),
]
