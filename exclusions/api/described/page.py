"""The page of the API: what there is, readable without a script, and a viewer to try it in."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.views import SpectacularSwaggerSplitView

from exclusions.api.described.reference import reference

_viewer = SpectacularSwaggerSplitView.as_view(
    url_name="api-schema", template_name="api/viewer.html", http_method_names=["get", "head"]
)


@csrf_exempt  # the viewer refuses what is posted, in the words of the API
def docs(request: HttpRequest) -> HttpResponseBase:
    """Show every operation with its parameters, bodies and refusals.

    With `?viewer` the same in a viewer that sends requests, which is large and needs a script; `?script` starts it.
    """
    if request.method not in ("GET", "HEAD") or {"viewer", "script"} & request.GET.keys():
        return _viewer(request)
    return render(request, "api/docs.html", {"api": reference()})
