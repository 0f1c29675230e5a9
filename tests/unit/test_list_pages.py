"""Which page of a list an address asks for, and how many rows the list says it has."""

import pytest

from exclusions.queries.list_pages import ListPages, page_number

ROWS = list(range(60))


@pytest.mark.parametrize(
    ("asked", "number"),
    {None: 1, "": 1, "1": 1, "7": 7, "007": 7, "999999999": 999_999_999, "1000000000": 1}.items(),
)
def test_an_address_asks_for_the_page_of_its_number(asked: str | None, number: int) -> None:
    assert page_number(asked) == number


@pytest.mark.parametrize("asked", ["0", "-1", "1.5", "1e3", " 2", "٣", "²", "last"])
def test_what_is_no_number_of_a_page_asks_for_the_first(asked: str) -> None:
    assert page_number(asked) == 1


@pytest.mark.parametrize(("asked", "number", "shown"), [(None, 1, 25), ("2", 2, 25), ("3", 3, 10), ("99", 3, 10)])
def test_a_list_whose_rows_were_counted_counts_them_no_more(asked: str | None, number: int, shown: int) -> None:
    pages = ListPages(ROWS, 25, asked, known=len(ROWS))  # a list has no queryset's way of counting
    page = pages.page_asked()
    assert (page.number, len(page.object_list), pages.number_counted, pages.more) == (number, shown, 60, False)


def test_a_list_of_more_rows_than_are_counted_says_how_many_were_known() -> None:
    assert ListPages(ROWS, 25, None, known=5_000).number_counted == 5_000


def test_a_list_without_rows_has_one_page() -> None:
    assert ListPages([], 25, "4", known=0).page_asked().number == 1
