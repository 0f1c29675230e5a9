"""Answers probes before the host of a request is looked at: a balancer, or who measures, asks each by its address."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse


class ProbesMiddleware:
    """Stands before the sessions and before whatever asks for the host; the answers say nothing about anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._probes = {reverse(name) for name in ("health-live", "health-ready", "health-metrics")}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a probe, and pass everything else on."""
        if request.path not in self._probes:
            return self._get_response(request)
        request.resolver_match = resolve(request.path)  # by which its line of the log names it
        answer: HttpResponseBase = request.resolver_match.func(request)
        return answer
