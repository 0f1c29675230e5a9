"""Where webhooks may go, and the signature they carry."""

import base64
import hmac
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import pytest

from exclusions.gateways.hook_addresses import Hook, NotAHook, is_public, reached, read_hook
from exclusions.gateways.hook_signing import new_secret, signed


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://hooks.example.com/", "begins with https"),
        ("ftp://hooks.example.com/", "begins with https"),
        ("hooks.example.com", "begins with https"),
        ("https://", "names no host"),
        ("https://exa_mple.com/", "names no host"),
        ("https://me:secret@hooks.example.com/", "Leave user, password"),
        ("https://hooks.example.com/#part", "fragment"),
        ("https://hooks.example.com:22/", "Port 22 is not offered"),
        ("https://hooks.example.com:99999/", "This is no address"),
        ("https://[::1/", "This is no address"),
        ("https://hooks.example.com/a b", "without blanks"),
        ("https://hooks.example.com/\r\nHost: x", "without blanks"),
        ("https://hööks.example.com/", "ASCII"),
        ("https://hooks.example.com/" + "x" * 500, "at most 500"),
        ("https://127.0.0.1/", "not on the public Internet"),
        ("https://localhost/", "not on the public Internet"),
        ("https://LOCALHOST:8443/", "not on the public Internet"),
        ("https://app.localhost/", "not on the public Internet"),
        ("https://metadata.google.internal/", "not on the public Internet"),
        ("https://printer.local/", "not on the public Internet"),
        ("https://nas.home.arpa/", "not on the public Internet"),
        ("https://intranet/", "not on the public Internet"),
        ("https://127.1/", "in a way that servers read differently"),
        ("https://2130706433/", "in a way that servers read differently"),
        ("https://0x7f000001/", "in a way that servers read differently"),
        ("https://0x7f.1/", "in a way that servers read differently"),
        ("https://0177.0.0.01/", "in a way that servers read differently"),
        ("https://127.0.0.0x1/", "in a way that servers read differently"),
        ("https://169.254.169.254/latest/meta-data/", "not on the public Internet"),
        ("https://[::ffff:10.0.0.1]/", "not on the public Internet"),
    ],
)
def test_an_address_that_no_webhook_goes_to_is_refused_with_the_reason(url: str, words: str) -> None:
    with pytest.raises(NotAHook, match=words):
        read_hook(url)


def test_an_address_is_taken_apart_as_a_request_names_it() -> None:
    assert read_hook("https://Hooks.Example.com") == Hook("hooks.example.com", 443, "/")
    hook = read_hook("https://hooks.example.com:8443/in?who=me")
    assert (hook.named, hook.target) == ("hooks.example.com:8443", "/in?who=me")
    assert read_hook("https://[2606:4700::1111]/").named == "[2606:4700::1111]"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "::127.0.0.1", "fe80::1", "fc00::1"),
        *("fec0::1", "ff02::1", "::ffff:192.168.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001::1"),
    ],
)
def test_no_address_of_the_inside_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_machines_of_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1", "a..b"])
def test_a_host_is_judged_by_what_its_name_leads_to(host: str) -> None:
    with pytest.raises(NotAHook, match="no public address"):
        reached(Hook(host, 443, "/"))


def test_a_name_that_only_ends_like_one_of_the_inside_is_taken() -> None:
    for host in ("hooks.mylocal.com", "localhost.example.com", "internal-hooks.example.com", "3m.com"):
        assert read_hook(f"https://{host}/").host == host


def test_an_operator_may_admit_a_network_of_the_inside(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    assert reached(read_hook("https://127.0.0.1:9000/")) == ("127.0.0.1", 9000)
    assert read_hook("https://hooks.corp/").host == "hooks.corp"  # judged by where it leads
    with pytest.raises(NotAHook):
        read_hook("https://10.0.0.1/")


def test_the_signature_is_that_of_standard_webhooks() -> None:
    secret, body = new_secret(), b'{"type":"watch.begun"}'
    headers = signed(secret, event="e1", body=body, at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, b"e1.1772452800." + body, "sha256")).decode()
    assert headers == {
        "webhook-id": "e1",
        "webhook-timestamp": "1772452800",
        "webhook-signature": f"v1,{expected}",
    }
    assert len(key) == 32
    assert new_secret() != secret
