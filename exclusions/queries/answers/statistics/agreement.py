"""How often two levels of review held the same, as it was counted: never by person, small counts suppressed."""

from collections.abc import Mapping
from typing import Any

from exclusions.queries.answers.sheets import Sheet

SUPPRESSED = "Suppressed"


def sheets(counted: Mapping[str, Any] | None) -> list[Sheet]:
    """Return the sheet of agreement from {"least": n, "rows": [(label, compared, same)]}; None: not counted yet."""
    rows = []
    for label, compared, same in (counted or {}).get("rows", []):
        known = compared is not None and same is not None
        share = round(100 * same / compared) if known and compared else SUPPRESSED
        rows.append((label, compared if known else SUPPRESSED, same if known else SUPPRESSED, share))
    least = (counted or {}).get("least", "")
    return [
        Sheet(
            "agreement",
            "Agreement of the two levels of review",
            ("On", "Cases compared", "Held the same", "Share"),
            rows,
            says="In cases drawn at random, the second reviewer judges before reading what the first found. This is "
            "how often both held the same.",
            notes=(f"Counts below {least} are suppressed, and no figure is of one person.",) if rows else (),
            percent=frozenset({"Share"}),
            empty="Too few cases were judged twice to say how often both levels held the same.",
        )
    ]
