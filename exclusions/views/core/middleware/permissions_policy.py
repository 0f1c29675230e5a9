"""What of the reader's machine no page of ours asks for, nor anything that got into one (W3C Permissions Policy)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Passkeys and copying to the clipboard stay: pages of ours use them.
DENIED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
POLICY = ", ".join(f"{feature}=()" for feature in DENIED)


class PermissionsPolicyMiddleware:
    """Deny on every answer whatever no page needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the header."""
        response = self._get_response(request)
        response["Permissions-Policy"] = POLICY
        return response
