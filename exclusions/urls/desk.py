"""Pages for work on many cases. They come before those of the agency, which take any word for a case."""

from django.urls import URLPattern, path

from exclusions.views.desk import like, many, search

urlpatterns: list[URLPattern] = [
    path("review/<str:reference>/like/", like.like_cases, name="case-like"),
    path("review/search/", search.search_cases, name="review-search"),
    path("review/find/<str:reference>/", search.find_case, name="find-case"),
    path("review/past/<str:reference>/", search.past_case, name="past-case"),
    path("review/many/", many.many_cases, name="review-many"),
]
