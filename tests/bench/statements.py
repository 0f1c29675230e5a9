"""How many SQL statements each page takes: `python -m tests.bench.statements [--grow]`, one `path<TAB>count` a line.

The caches are emptied first, so that what is counted is the first visit. With --grow the docket is made ten times
as long beforehand.
"""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from exclusions.gateways.shared_cache import remembered  # noqa: E402
from exclusions.models import PublicPetition  # noqa: E402
from tests.bench.answers.grown import grow  # noqa: E402
from tests.bench.pages import pages  # noqa: E402

COPIES = 9


def a_reference() -> str:
    """Return a petition in the middle of the real docket: the same one before and after it has grown."""
    rows = PublicPetition.objects.filter(reference__startswith="USTR-2019-0005-").order_by("reference")
    return rows[rows.count() // 2].reference


def count(path: str) -> int:
    """Return the statements of one visit with empty caches. RuntimeError unless the page answers 200."""
    remembered.clear()
    with CaptureQueriesContext(connection) as captured:
        response = Client(HTTP_HOST="127.0.0.1").get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code} instead of 200.")
    return len(captured)


if __name__ == "__main__":
    if "--grow" in sys.argv:
        grow(COPIES)
    for page in pages(a_reference()):
        print(f"{page.path}\t{count(page.path)}")
