"""The signature of a webhook, as Standard Webhooks (standardwebhooks.com) writes it, so that libraries check it."""

import base64
import hmac
from datetime import datetime
from secrets import token_bytes

_PREFIX = "whsec_"


def new_secret() -> str:
    """Return a new secret: `whsec_` and 256 random bits in base 64."""
    return _PREFIX + base64.b64encode(token_bytes(32)).decode()


def signed(*secrets: str, event: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the three headers of a body: its id, when it is sent (seconds), and HMAC-SHA256 over both and the body.

    While a secret is exchanged there are two, and a signature by each, a space between them.
    """
    sent = str(int(at.timestamp()))
    said = f"{event}.{sent}.".encode() + body
    macs = [hmac.digest(base64.b64decode(secret.removeprefix(_PREFIX)), said, "sha256") for secret in secrets]
    return {
        "webhook-id": event,
        "webhook-timestamp": sent,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(mac).decode()}" for mac in macs),
    }
