"""How often two levels of review held the same, as it was counted: never by person, small counts suppressed."""

from collections.abc import Mapping
from typing import Any

from exclusions.queries.lookup.sheets import Sheet

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
            "How often both reviewers agreed",
            ("On", "Cases compared", "Same result", "Share"),
            rows,
            says="For some cases, drawn at random, the second reviewer decides before reading the first reviewer's "
            "findings. This table shows how often both reached the same result.",
            notes=(f"We suppress counts below {least}. No figure describes one person.",) if rows else (),
            percent=frozenset({"Share"}),
            empty="Too few cases were reviewed twice to say how often both reviewers agreed.",
        )
    ]
