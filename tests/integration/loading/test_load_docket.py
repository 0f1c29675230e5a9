"""load_docket: historical petitions on the public side and in the case store, once each, quickly."""

import time
from datetime import datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from exclusions.models import DocketVersion, Petition, PublicPetition, StoredCase, StoredKey
from tests.integration.loading.found import assert_every_row_is_found
from tests.unit.gateways.test_docket_table import ROW, portal

DOCKET = "USTR-2019-0005"
ROUNDS = Path(__file__).resolve().parents[3] / "exclusions" / "data" / "rounds.toml"
LIST_3 = "petitions/ustr_2019_0005_list3_requests.csv.gz"
LIST_2 = "petitions/ustr_2018_0032_list2_requests.csv.gz"

pytestmark = pytest.mark.django_db


def load(path: Path, docket: str = DOCKET, **options: object) -> str:
    out = StringIO()
    call_command("load_docket", str(path), docket=docket, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.mark.deep("test_the_other_shape_is_loaded_too_and_every_row_is_found loads the smaller docket.")
def test_the_real_docket_is_loaded_once_with_half_a_minute_of_work_and_every_row_is_found(shared_data: Path) -> None:
    begun = time.process_time()  # of this process: what else the machine does is not counted
    output = load(shared_data / LIST_3)
    assert time.process_time() - begun < 30
    assert "200 rows repeat" in output
    assert "30,283 read, 30,083 added, 0 changed, 0 ended, 0 refused" in output
    assert "Nothing changed" in load(shared_data / LIST_3)
    rows = PublicPetition.objects.filter(docket=DOCKET)
    assert PublicPetition.objects.count() == 30_083
    assert rows.count() == 30_083
    assert rows.filter(historical=True).count() == 30_083
    assert not Petition.objects.exists(), "a historical petition has no private part"
    assert StoredCase.objects.filter(docket=DOCKET, kind="historical", petition=None).count() == 30_083
    assert not StoredCase.objects.exclude(likeness__in=StoredKey.objects.values("likeness")).exists()
    assert PublicPetition.objects.matching("inflatable kayak").filter(reference="USTR-2019-0005-0064").exists()
    assert_every_row_is_found()


def test_the_other_shape_is_loaded_too_and_every_row_is_found(shared_data: Path) -> None:
    assert "2,869 read, 2,869 added" in load(shared_data / LIST_2, "USTR-2018-0032")
    assert "Nothing changed" in load(shared_data / LIST_2, "USTR-2018-0032")
    assert PublicPetition.objects.count() == 2_869
    assert PublicPetition.objects.filter(stage="granted").count() == 1_074
    assert_every_row_is_found()


def test_a_petition_shows_its_stage_and_the_end_of_its_response_period(tmp_path: Path) -> None:
    load(portal(tmp_path, ROW))
    petition = PublicPetition.objects.get()
    assert petition.get_stage_display() == "Granted"
    assert petition.response_closes_at == datetime(2019, 7, 14, 23, 59, tzinfo=ZoneInfo("America/New_York"))
    assert petition.answers == []


def test_a_row_without_a_name_is_loaded_and_marked(tmp_path: Path, client: Client) -> None:
    blank = ROW.replace("Kayak", "").replace('"Sea Eagle Boats, Inc"', "").replace("-0064", "-0065")
    assert "1 rows name no organization or no product" in load(portal(tmp_path, ROW, blank))
    assert "Nothing changed" in load(portal(tmp_path, ROW, blank))
    stored = StoredCase.objects.get(reference="USTR-2019-0005-0065")
    assert (stored.lacks, stored.outcome, stored.hts8) == ("requester, product", "granted", "89031000")
    for address in ("/docket/", "/docket/USTR-2019-0005-0065/"):
        assert "ot given in the docket" in client.get(address).content.decode()


def test_a_later_file_brings_a_petition_up_to_date(tmp_path: Path) -> None:
    load(portal(tmp_path, ROW.replace("Granted", "Stage 2")))
    version = DocketVersion.current()
    assert "0 added, 1 changed" in load(portal(tmp_path, ROW))
    assert PublicPetition.objects.get().stage == "granted"
    assert DocketVersion.current() > version


def test_a_round_loaded_later_is_linked_by_the_next_load(tmp_path: Path) -> None:
    load(portal(tmp_path, ROW))
    call_command("load_shipped", "--lists-alone", stdout=StringIO(), stderr=StringIO())
    call_command("load_rounds", str(ROUNDS), stdout=StringIO(), stderr=StringIO())
    assert "0 added, 1 changed" in load(portal(tmp_path, ROW))
    assert "Nothing changed" in load(portal(tmp_path, ROW))
    round = PublicPetition.objects.get().round
    assert round is not None
    assert round.docket == DOCKET


def test_a_petition_filed_here_is_never_overwritten(tmp_path: Path) -> None:
    load(portal(tmp_path, ROW))
    PublicPetition.objects.update(historical=False)
    with pytest.raises(CommandError, match="is a petition filed here"):
        load(portal(tmp_path, ROW, ROW.replace("-0064", "-0065")))
    assert PublicPetition.objects.count() == 1


def test_a_bad_row_stops_the_load_and_skip_bad_writes_it_beside_the_file(tmp_path: Path) -> None:
    path = portal(tmp_path, ROW, ROW.replace("8903100060", "89031000").replace("-0064", "-0065"), "half,a row")
    with pytest.raises(CommandError, match="2 rows were refused, so nothing was loaded"):
        load(path)
    assert not PublicPetition.objects.exists()
    assert "3 read, 1 added, 0 changed, 0 ended, 2 refused" in load(path, skip_bad=True)


def test_a_docket_number_must_look_like_one(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Write it like USTR-2019-0005"):
        load(portal(tmp_path, ROW), "2019-0005")
