"""How the served schema is drawn: from the views, their filters and their pages, with every status that can occur."""

import re
from typing import Any

from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from exclusions.api.problems import MEDIA_TYPE, ProblemOutput

RETRY_AFTER = OpenApiParameter(
    "Retry-After", int, OpenApiParameter.HEADER, description="Seconds to wait", required=True, response=[429]
)
RAISES = re.compile(r"\bRaises [A-Z].*?(?=\n\n|\Z)", re.DOTALL)  # in a docstring, to the end of its paragraph


class FilterParameters(DjangoFilterExtension):  # type: ignore[no-untyped-call]
    """What a filter says of itself beyond its type: how long its text may be, and that an empty one filters nothing."""

    target_class = "exclusions.api.reads.Filters"
    priority = 1

    def resolve_filter_field(self, *args: Any) -> list[dict[str, Any]]:
        """Return the parameters of one filter, the last argument."""
        found: list[dict[str, Any]] = super().resolve_filter_field(*args)  # type: ignore[no-untyped-call]
        longest = args[-1].extra.get("max_length")
        for parameter in found:
            parameter["allowEmptyValue"] = True
            parameter["schema"] |= {"maxLength": longest} if longest else {}
        return found


class ViewSchema(AutoSchema):
    """Reads from a view (`exclusions.api.reads`) what it takes besides its path, and how it may refuse."""

    view: Any

    def get_auth(self) -> list[dict[str, Any]]:
        """Ask for no sign-in, so that a client made from the schema wants no token."""
        return []

    def get_description(self) -> str:  # type: ignore[override]  # as the library itself says of its own
        """Return what the view does; how it refuses stands with each status."""
        return RAISES.sub("", super().get_description()).strip()

    def get_filter_backends(self) -> list[Any]:
        """Return what filters a list, and what takes the parameters of a single thing."""
        return list(self.view.filter_backends) if self.view.filterset_class else []

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that the view names itself, and the header of a refusal for haste."""
        return [*self.view.parameters, RETRY_AFTER]

    def get_response_serializers(self) -> Any:
        """Return the body of success, and that of each refusal, by status and content type."""
        refusals = {
            (status, MEDIA_TYPE): OpenApiResponse(ProblemOutput, description=when)
            for status, when in sorted(self.view.refusals.items())
        }
        return {(200, "application/json"): super().get_response_serializers(), **refusals}


class TokenSchema(ViewSchema):
    """The same for a view that wants a token (`exclusions.api.tokens`), and whose methods succeed each in its way."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Ask for the token."""
        return [{"bearerToken": []}]

    def get_response_serializers(self) -> Any:
        """Return the bodies: 201 where it is made, 202 taken on, 200 where it was there, 204 where it is gone."""
        found: dict[Any, Any] = super().get_response_serializers()
        for status, when in self.view.more_refusals.get(self.method, {}).items():
            found[(status, MEDIA_TYPE)] = OpenApiResponse(ProblemOutput, description=when)
        success = found.pop((200, "application/json"))
        if self.method == "DELETE":
            return {204: OpenApiResponse(description="It is gone"), **found}
        if self.view.sends:
            return {(200, self.view.sends): OpenApiTypes.BINARY, **found}
        if self.method == "POST" and self.view.taken_on:
            return {(202, "application/json"): success, **found}
        there = {} if self.method == "POST" and self.view.made_always else {(200, "application/json"): success}
        made = {(201, "application/json"): success} if self.method == "POST" and not self.view.made_never else {}
        return {**there, **made, **found}
