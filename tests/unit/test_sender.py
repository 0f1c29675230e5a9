"""One rule for who sent a request, with and without a proxy of ours; the API's limits and the account library agree."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.test import RequestFactory
from rest_framework.throttling import AnonRateThrottle

from exclusions.views.core.sender import network, sender

PROXY = "10.0.0.9"


def request(forwarded: str | None, peer: str = PROXY) -> HttpRequest:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)


@pytest.mark.parametrize(
    ("forwarded", "told"),
    [  # by none, one, two and three proxies of ours
        (None, [PROXY, PROXY, PROXY, PROXY]),
        ("203.0.113.7", [PROXY, "203.0.113.7", "203.0.113.7", "203.0.113.7"]),
        ("6.6.6.6, 203.0.113.7", [PROXY, "203.0.113.7", "6.6.6.6", "6.6.6.6"]),
        ("6.6.6.6,7.7.7.7,  203.0.113.7 ", [PROXY, "203.0.113.7", "7.7.7.7", "6.6.6.6"]),
        ("6.6.6.6, 2001:db8::1, 100.64.0.1", [PROXY, "100.64.0.1", "2001:db8::1", "6.6.6.6"]),
    ],
)
@pytest.mark.parametrize("behind", [0, 1, 2, 3])
def test_all_three_know_the_same_sender(settings: Any, behind: int, forwarded: str | None, told: list[str]) -> None:
    settings.BEHIND_PROXY = behind
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": behind}
    asked, expected = request(forwarded), told[behind]
    assert sender(asked) == expected
    assert get_adapter().get_client_ip(asked) == expected
    assert AnonRateThrottle().get_ident(asked) == expected


@pytest.mark.parametrize(
    ("forwarded", "told"),
    [
        ("203.0.113.7:51234", "203.0.113.7"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("nonsense", PROXY),
        ("", PROXY),
        ("203.0.113.7, ", PROXY),
    ],
)
def test_what_a_proxy_writes_otherwise(settings: Any, forwarded: str, told: str) -> None:
    settings.BEHIND_PROXY = 1
    assert sender(request(forwarded)) == told


def test_a_subscriber_of_ipv6_is_one_network() -> None:
    one, other, third = (network(request(None, peer)) for peer in ("2001:db8:1:2::a", "2001:db8:1:2:ffff::b", "::1"))
    assert one == other == "2001:db8:1:2::"
    assert third == "::"
    assert network(request(None)) == PROXY
    assert network(request(None, "")) == ""
