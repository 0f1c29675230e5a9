"""The shipped edition: loaded where none of its day or later is on file, and searched at once."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client

from exclusions.actions.loading.shipped_schedule import load_shipped_edition
from exclusions.facts.lines import editions
from exclusions.models import TariffLine
from exclusions.queries.answers.goods_search import find_goods

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_the_shipped_edition_is_whole_and_answers(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_shipped", "--schedule")
    assert "HTSUS 2026 Rev 6, from 2026-04-23: 35,495 read, 29,583 added" in capsys.readouterr().out
    [edition] = editions()
    assert (edition.name, edition.is_whole) == ("2026 Rev 6", True)
    assert TariffLine.objects.get(number="84138100").general_rate == "Free"
    assert "84138100"[:4] in [heading.number for heading in find_goods("breast pump", date(2026, 11, 26)).headings]
    assert "HTSUS 2026 Rev 6, from April 23, 2026" in client.get("/tariff/8413.81.0040/?as_of=2026-11-26").text
    assert load_shipped_edition(at=AT) is None
