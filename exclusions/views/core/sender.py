"""Who sent a request, as far as an address can tell: the one place that decides what of the headers is believed.

Each proxy of ours (BEHIND_PROXY says how many) appends the address that it saw to X-Forwarded-For, so that the sender
stands as many places from the end; whatever stands before that is the sender's own invention, and without a proxy so is
the whole header. The API's limits go by the same rule (NUM_PROXIES).
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_NETWORK = 64  # what one subscriber is given; single addresses in it change at will (RFC 6177)


def sender(request: HttpRequest) -> str:
    """Return the sender's address; empty where the server listens on a socket file and no proxy told."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")[-settings.BEHIND_PROXY :]
    seen = hops[0].strip() if settings.BEHIND_PROXY else ""
    return _address(seen) or str(request.META.get("REMOTE_ADDR", ""))


def network(request: HttpRequest) -> str:
    """Return what limits are counted by: the address, or of an IPv6 one the network of its subscriber."""
    address = sender(request)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{IPV6_NETWORK}", strict=False).network_address)


def _address(hop: str) -> str:
    """Return the address in what a proxy wrote, which may hold a port; empty when there is none."""
    bare = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    for candidate in (bare, bare.rpartition(":")[0]):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return ""
