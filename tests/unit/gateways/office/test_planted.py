"""A confidential value in any place of a Word or Excel file is in no public copy, or is found and its place told."""

import io
import zipfile

import pytest

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.gateways.documents.inspection import inspect_file
from exclusions.gateways.documents.reading import read_content
from tests.factories.files import cleaned
from tests.factories.planted import Planted
from tests.factories.planted.office import NAMED, TAKEN_OUT, planted, planted_by_libreoffice


def _judge(planted: Planted) -> None:
    kind = inspect_file(planted.file_name, planted.content).content_type
    public = cleaned(kind, planted.content)
    reading = read_content(kind, public)
    if planted.place in NAMED:
        assert reading.unknown == (NAMED[planted.place],)
    elif planted.place in TAKEN_OUT:
        assert not _holds(public, planted.value)
        assert not reading.unknown
    else:
        figures = Matcher([Secret("tons", "Tons", planted.value, Sort.FIGURE)])
        where = [place for place, said in (*reading.parts.items(), *reading.metadata.items()) if figures.find(said)]
        assert where, reading.parts
        assert reading.whole
        assert not reading.unknown


def _holds(content: bytes, value: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            archive.comment,
            *(archive.read(name) for name in archive.namelist()),
            *map(str.encode, archive.namelist()),
        ]
    written = (value.encode(), value.encode("utf-16-le"))
    return any(form in part for part in parts for form in written)


@pytest.mark.parametrize("planted", planted(), ids=lambda planted: planted.place)
def test_a_planted_value_is_found_or_taken_out(planted: Planted) -> None:
    _judge(planted)


def test_what_libreoffice_plants_is_found_or_taken_out() -> None:
    for each in planted_by_libreoffice():
        _judge(each)


def test_the_places_are_many_and_each_has_a_value_of_its_own() -> None:
    assert len(planted()) >= 40
    assert len({each.value for each in planted()}) == len(planted())
    assert len({(each.place, each.file_name) for each in planted()}) == len(planted())
