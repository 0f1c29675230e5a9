"""The policy of what a page may load, which is the same for all of ours: it is written once, not once an answer."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentPolicyMiddleware(CSPMiddleware):
    """Adds the policy of the settings; whatever is said of a single answer, the library itself takes into account."""

    _made: tuple[object, str] = (None, "")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer with its policy."""
        said = getattr(settings, "CONTENT_SECURITY_POLICY", None) or {}
        special = settings.DEBUG or hasattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY")
        special = special or said.keys() != {"DIRECTIVES"} or getattr(request, "_csp_nonce", None) is not None
        if special or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        made, policy = self._made
        if made is not said:
            policy = build_policy()
            self._made = said, policy
        response.headers.setdefault(HEADER, policy)
        return response
