"""Pages for work on many cases. They come before those of the agency, which take any word for a case."""

from django.urls import URLPattern, path

from exclusions.views.desk import clusters, joint, many

urlpatterns: list[URLPattern] = [
    path("review/many/", many.many_cases, name="review-many"),
    path("clusters/", clusters.clusters, name="clusters"),
    path("clusters/<int:key>/", clusters.cluster, name="cluster"),
    path("clusters/<int:key>/letters/", clusters.letters_again, name="cluster-letters"),
    path("clusters/<int:key>/<slug:kind>/", joint.joint, name="cluster-act"),
]
