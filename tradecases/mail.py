"""Where mail goes (what EMAIL_URL names; without it, files in a folder), and who is written to."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tradecases.environment import env, url

SCHEMES = {"smtp", "smtp+tls", "smtp+ssl", "smtps", "filemail", "consolemail"}


class MailServer(NamedTuple):
    """Who takes our mail. Port 0 is the usual one of its kind."""

    backend: str
    folder: str | Path
    host: str
    port: int
    user: str
    password: str
    tls: bool
    ssl: bool
    named: bool  # whether EMAIL_URL names it


def mail_server(folder: Path) -> MailServer:
    """Return the mail server of the environment; raises ImproperlyConfigured for a URL of another kind."""
    named = url("EMAIL_URL", SCHEMES, "smtp://127.0.0.1:25")
    found = env.email_url_config(named) if named else {}
    return MailServer(
        backend=found.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
        folder=found.get("EMAIL_FILE_PATH") or folder / "mail",
        host=found.get("EMAIL_HOST") or "localhost",
        port=found.get("EMAIL_PORT") or 0,
        user=found.get("EMAIL_HOST_USER") or "",
        password=found.get("EMAIL_HOST_PASSWORD") or "",
        tls=found.get("EMAIL_USE_TLS", False),
        ssl=found.get("EMAIL_USE_SSL", False),
        named=bool(named),
    )


def mail_host(base_url: str) -> str:
    """Return the host of our own addresses: a number is no place to answer to, and a demonstration sends nothing."""
    host = urlsplit(base_url).hostname or ""
    return host if host.strip("0123456789.") and ":" not in host else "localhost"


def security_contact(host: str) -> str:
    """Return whom finders of a weakness write to (RFC 9116); by default the mailbox kept for it everywhere (RFC 2142).

    Raises ImproperlyConfigured for what is neither an address of mail nor a URL.
    """
    contact: str = env.str("SECURITY_CONTACT", default="").strip() or f"security@{host}"
    if contact.startswith(("https://", "mailto:", "tel:")):
        return contact
    if "@" not in contact or not contact.isprintable() or " " in contact:
        raise ImproperlyConfigured(
            f"SECURITY_CONTACT={contact!r} must be an e-mail address or start with https://, for example "
            "security@agency.gov."
        )
    return f"mailto:{contact}"
