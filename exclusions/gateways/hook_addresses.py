"""Where a webhook may go: an https address whose host is on the public Internet, or in a network that is admitted.

An address that a person gives must not reach what only this machine can (its own services, the network it stands in, a
cloud's metadata): the host is looked up once, every address it has is judged, and the one that was judged is the one
that is connected to.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

LONGEST: Final = 500
PORTS: Final = (443, 8443)
# Names that mean this machine or the network it stands in, and nobody else's: RFC 6761, 6762 (with appendix G), 8375,
# and what ICANN keeps for the inside (.internal, 2024).
INSIDE: Final = (
    *("localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa"),
)
NOT_PUBLIC: Final = "This address is not on the public Internet. Give one that anybody can reach."
NUMBER: Final = (
    "This address writes a machine’s number in a way that servers read differently. Give the name of the host, or its "
    "number in the usual form."
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
_NUMBER = re.compile(r"\d")
_WRITABLE = re.compile(r"[!-~]+")
_UNICAST, _SIX_TO_FOUR = ip_network("2000::/3"), ip_network("2002::/16")
_NAT64 = ip_network("64:ff9b::/96")


class NotAHook(Exception):
    """No webhook goes to this address; the text is a sentence that says why, with the remedy."""


@dataclass(frozen=True)
class Hook:
    """An address taken apart: host in small letters, port, and what is asked for there (path and query)."""

    host: str
    port: int
    target: str

    @property
    def named(self) -> str:
        """The host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[0] else f"{host}:{self.port}"


def read_hook(url: str) -> Hook:
    """Return the parts of an address. Raises NotAHook for one that is not https, names a person, or is not public."""
    if len(url) > LONGEST or not _WRITABLE.fullmatch(url):
        raise NotAHook(f"Write the address in at most {LONGEST} characters of ASCII, without blanks.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS[0]
    except ValueError as error:
        raise NotAHook("This is no address. Write it like https://hooks.example.com/exclusions.") from error
    _refuse_form(url, parts, host)
    if port not in PORTS and not settings.WEBHOOK_NETWORKS:
        raise NotAHook(f"Port {port} is not offered. Use {PORTS[0]} or {PORTS[1]}.")
    literal = _literal(host)
    if not (_is_open(literal) if literal else _may_be_public(host)):
        raise NotAHook(NOT_PUBLIC)
    return Hook(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def reached(hook: Hook) -> tuple[str, int]:
    """Return the numeric address to connect to, and the port. Raises NotAHook where the host has none that is open.

    One look-up: whoever connects takes this answer, so that a name cannot mean another machine a moment later. A host
    without an address and one with a private address are refused alike, so that nobody learns names of the inside.
    """
    try:
        found = socket.getaddrinfo(hook.host, hook.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    addresses = [ip_address(str(row[4][0]).partition("%")[0]) for row in found]
    if not addresses or not all(_is_open(one) for one in addresses):
        raise NotAHook("The host has no public address.")
    if hook.port not in PORTS and not all(_is_admitted(one) for one in addresses):
        raise NotAHook(f"Port {hook.port} is not offered.")
    return str(addresses[0]), hook.port


def _refuse_form(url: str, parts: SplitResult, host: str) -> None:
    if parts.scheme != "https":
        raise NotAHook("Give an address that begins with https://, so that nobody can read the messages on the way.")
    if parts.username is not None or parts.password is not None or "#" in url:
        raise NotAHook("Leave user, password and fragment out of the address. The signature says who sends.")
    if not _literal(host) and not _HOST.fullmatch(host):
        raise NotAHook("The address names no host. Write it like https://hooks.example.com/exclusions.")
    if not _literal(host) and _NUMBER.match(host.rpartition(".")[2]):  # no domain at the top begins so: 127.1, 0x7f.1
        raise NotAHook(NUMBER)


def _may_be_public(host: str) -> bool:
    """Whether a name may lead to a machine of the Internet: it has a dot, and none of the names of the inside at its
    end. Where the operator admits networks of the inside, their names may be given; where it leads is judged later."""
    inside = "." not in host or any(f".{host}".endswith(f".{name}") for name in INSIDE)
    return bool(settings.WEBHOOK_NETWORKS) or not inside


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    return _is_admitted(address) or is_public(address)


def _is_admitted(address: IPv4Address | IPv6Address) -> bool:
    """Whether the operator has opened a network of the inside to webhooks."""
    return any(address in ip_network(network) for network in settings.WEBHOOK_NETWORKS)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether an address is one machine of the public Internet; one that wraps another is judged by that."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _UNICAST and address not in _SIX_TO_FOUR and address.is_global
