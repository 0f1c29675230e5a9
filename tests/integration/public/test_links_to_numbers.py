"""A link from a case to its number carries the day of the case: numbers leave the schedule, and cases stay."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from exclusions.models import TariffLine
from tests.conftest import PROJECT
from tests.factories.public import make_public
from tests.factories.tariff import make_edition

LINK = re.compile(r'href="(/tariff/[^"]+)"')
URL = re.compile(r'{% url "tariff-number"(?P<rest>[^%]*)%}(?P<after>.{0,60})', re.DOTALL)


@pytest.mark.django_db
def test_a_number_that_left_is_found_from_its_petitions() -> None:
    make_edition(date(2019, 1, 1), ("8708295060", "Parts: other"), ("8413810040", "Pumps: other"))
    make_edition(date(2024, 1, 1), ("8413810040", "Pumps: other"), name="2024")
    TariffLine.objects.filter(number="8708295060").update(valid_to=date(2023, 12, 31))
    make_public(1, hts10="8708295060", posted_on=date(2019, 8, 1))
    make_public(2, hts10="8413810040", posted_on=date(2019, 8, 2))
    links = {
        link
        for number in (1, 2)
        for link in LINK.findall(Client().get(f"/docket/USTR-2019-0005-{number:06d}/").content.decode())
    }
    assert "/tariff/8708.29.5060/?as_of=2019-08-01" in links
    assert {link: Client().get(link).status_code for link in links} == dict.fromkeys(links, 200)


def _templates() -> list[Path]:
    return sorted((PROJECT / "templates").rglob("*.*"))


def test_every_link_of_a_template_to_a_number_carries_a_day() -> None:
    dayless, met = set(), 0
    for path in _templates():
        text = path.read_text("utf-8")
        for found in URL.finditer(text):
            met += 1
            named = re.search(r" as (\w+) $", found["rest"])
            after = text.partition(f"{{{{ {named[1]} }}}}")[2] if named else found["after"]
            if not after.lstrip().startswith(("?as_of=", "{% if day %}?as_of=")):
                dayless.add(str(path.relative_to(PROJECT)))
    assert met >= 15
    assert dayless == set()
