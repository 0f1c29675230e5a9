"""The cases of the store as likeness sees them: what the public reads of a product, and nothing else."""

from collections.abc import Iterator

from exclusions.facts.like_cases import row_of
from exclusions.likeness import Row
from exclusions.models import StoredCase
from exclusions.queries.chunks import read_in_chunks

AT_ONCE = 2_000
COLUMNS = ("reference", "hts10", "product", "requester", "words", "kind")  # what `row_of` reads


def likeness_rows(*, docket: str = "", hts10: str = "") -> Iterator[Row]:
    """Yield the cases of the store, of one docket or one plain 10-digit number where that is given."""
    found = StoredCase.objects.all()
    if docket:
        found = found.filter(docket=docket)
    if hts10:
        found = found.filter(hts10=hts10)
    yield from map(row_of, read_in_chunks(found.only(*COLUMNS), ["reference"], AT_ONCE))


def outcomes(*, docket: str = "") -> dict[str, str]:
    """Return the outcome of each case by reference, of one docket where that is given (workflow.outcomes)."""
    found = StoredCase.objects.filter(docket=docket) if docket else StoredCase.objects.all()
    return dict(found.values_list("reference", "outcome"))
