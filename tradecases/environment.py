"""Reading the environment: a wrong value stops the start with its name and what would be right."""

from ipaddress import ip_network
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping


class _FromFiles(FileAwareMapping):  # type: ignore[misc]
    """The environment, in which NAME_FILE may name the file that holds the value of NAME, as secrets come."""

    def __getitem__(self, key: str) -> str:
        try:
            return str(super().__getitem__(key)).rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(
                f"{key}_FILE must name a file of text that can be read, and holds {key} ({type(error).__name__})."
            ) from error


class _Env(environ.FileAwareEnv):  # type: ignore[misc]
    ENVIRON = _FromFiles()


env = _Env()
MOST_PROXIES = 9  # more than any site has: a larger number is a mistake


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes or no; raises ImproperlyConfigured for anything else."""
    value = env.str(name, default="").strip().lower()
    if not value:
        return default
    if value in {"0", "false", "no", "off"}:
        return False
    if value in {"1", "true", "yes", "on"}:
        return True
    raise ImproperlyConfigured(f"{name}={value!r} is not a yes or no. Use 1 or 0, or leave it unset.")


def url(name: str, schemes: set[str], example: str) -> str:
    """Return a URL of one of these schemes, or ""; raises ImproperlyConfigured for another."""
    value: str = env.str(name, default="").strip()
    if value and urlsplit(value).scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must start with one of {sorted(schemes)}, for example {example}.")
    return value


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """Return a whole number within bounds; raises ImproperlyConfigured for anything else."""
    value = env.str(name, default="").strip() or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}={value!r} must be a whole number from {least} to {most}.")
    return int(value)


def proxies(name: str) -> int:
    """Return how many proxies of ours each request comes through; a yes is one.

    Raises ImproperlyConfigured for anything else.
    """
    value = env.str(name, default="").strip().lower()
    if value in {"", "false", "no", "off"}:
        return 0
    if value in {"true", "yes", "on"}:
        return 1
    if not value.isascii() or not value.isdigit() or int(value[:9]) > MOST_PROXIES:
        raise ImproperlyConfigured(
            f"{name}={value!r} must be the number of proxies that each request comes through, 0 to {MOST_PROXIES}: "
            "1 for a proxy of yours, 2 for a content network before it."
        )
    return int(value)


def networks(name: str) -> list[str]:
    """Return networks, written like 10.1.2.0/24, a comma between two; raises ImproperlyConfigured for anything else."""
    found = [text.strip() for text in env.str(name, default="").split(",") if text.strip()]
    for text in found:
        try:
            ip_network(text)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} must name networks like 10.1.2.0/24, not {text!r}.") from error
    return found
