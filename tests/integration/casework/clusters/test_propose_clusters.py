"""propose_clusters: every case of the store once, with its cluster, the basis and whether outcomes are unlike."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exclusions.actions.store.cases import store_docket
from exclusions.likeness import Row
from exclusions.models import StoredCase
from exclusions.queries.casework.clusters.stored import likeness_rows
from tests.factories.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
DOCKET = "USTR-2019-0005"


def kept(*cases: tuple[str, str]) -> None:
    """Put cases of one number in the store: product and stage of each."""
    rows = [
        {
            "reference": f"{DOCKET}-{number:04d}",
            "requester": f"Company {number}",
            "hts10": "8903100060",
            "product": product,
            "posted_on": date(2019, 6, 30),
            "stage": stage,
        }
        for number, (product, stage) in enumerate(cases, start=1)
    ]
    store_docket(rows, docket=DOCKET)


def proposed(**options: Any) -> tuple[list[dict[str, str]], str]:
    """Return the rows that the command prints, and what it says beside them."""
    out, said = StringIO(), StringIO()
    call_command("propose_clusters", stdout=out, stderr=said, **options)
    return list(csv.DictReader(StringIO(out.getvalue()))), said.getvalue()


def test_each_case_is_one_row_with_its_cluster_the_basis_and_its_outcome() -> None:
    kept(("Inflatable Kayak", "granted"), ("Inflatable kayaks", "denied"), ("Canoe paddle", "denied"), ("", "denied"))
    rows, said = proposed(docket=DOCKET)
    assert [tuple(row.values()) for row in rows] == [
        (f"{DOCKET}-0001", f"{DOCKET}-0001", "same name, letters and digits alike", "granted", "yes"),
        (f"{DOCKET}-0002", f"{DOCKET}-0001", "same words, written otherwise", "denied", "yes"),
        (f"{DOCKET}-0003", f"{DOCKET}-0003", "alone: no other case of the number is named like it", "denied", "no"),
        (f"{DOCKET}-0004", f"{DOCKET}-0004", "alone: no product is named", "denied", "no"),
    ]
    assert "Clusters: 1 with 2 cases, 2 in the largest. Alone: 2. With unlike outcomes: 1 with 2 cases." in said


def test_an_open_case_beside_a_decided_one_is_not_yet_an_unlike_outcome() -> None:
    kept(("Inflatable Kayak", "granted"), ("Inflatable kayaks", "stage2"))
    assert [row["mixed"] for row in proposed()[0]] == ["no", "no"]


def test_live_cases_are_compared_with_historical_ones_by_their_public_words(world: World, tmp_path: Path) -> None:
    live = StoredCase.objects.get(petition=world.denied)
    store_docket(
        [
            {
                "reference": f"{DOCKET}-0001",
                "requester": "Another importer",
                "hts10": live.hts10,
                "product": live.product.upper(),
                "posted_on": date(2019, 6, 30),
                "stage": "granted",
            }
        ],
        docket=DOCKET,
    )
    out = tmp_path / "clusters.csv"
    said = StringIO()
    call_command("propose_clusters", out=out, stderr=said)
    with out.open(encoding="utf-8", newline="") as file:
        rows = {row["reference"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(StoredCase.objects.values_list("reference", flat=True))
    assert rows[live.reference]["cluster"] == rows[f"{DOCKET}-0001"]["cluster"]
    assert rows[live.reference]["mixed"] == "yes"
    of_number = list(likeness_rows(hts10=live.hts10))
    assert Row(f"{DOCKET}-0001", live.hts10, live.product.upper(), requester="Another importer") in of_number
    assert next(row.text for row in of_number if row.reference == live.reference) == live.words


def test_what_cannot_be_done_is_said_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"The store has no case. File petitions, or load a docket"):
        proposed()
    kept(("Inflatable Kayak", "granted"))
    with pytest.raises(CommandError, match=r"no case of docket “USTR-2018-0032”. Check the number"):
        proposed(docket="USTR-2018-0032")
    with pytest.raises(
        CommandError, match=r"cannot be written \(.*\). Name a file in a folder that may be written to."
    ):
        proposed(out=tmp_path / "nowhere" / "clusters.csv")
