"""The docket's addresses."""

from django.urls import URLPattern, path, re_path

from exclusions.views.public.docket import docket_document, docket_list, docket_petition
from exclusions.views.public.docket_exports import DocketFeed, docket_export
from exclusions.views.public.responses import confirm, reply_to_response, respond_to_petition

urlpatterns: list[URLPattern] = [
    path("docket/", docket_list, name="docket"),
    re_path(r"^docket\.(?P<kind>csv|xlsx|json)$", docket_export, name="docket-export"),
    path("docket/feed/", DocketFeed(), name="docket-feed"),
    path("docket/<str:reference>/", docket_petition, name="docket-petition"),
    path("docket/<str:reference>/documents/<uuid:key>/", docket_document, name="docket-document"),
    path("docket/<str:reference>/respond/", respond_to_petition, name="docket-respond"),
    path("docket/<str:reference>/respond/confirm/<str:token>/", confirm, name="docket-respond-confirm"),
    path("docket/<str:reference>/reply/<str:response>/", reply_to_response, name="docket-reply"),
]
