"""What each template of rows is given, with one text wherever people, files or the tariff write one."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from exclusions.templatetags.docket_rows import STAGES, splitter

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
DAY = date(2026, 3, 2)
Given = Mapping[str, Any]


def docket(text: str) -> Given:
    """Return a posted petition, and one that is open, whose texts are marked where words were looked for."""
    told = (text, text, text, text)
    posted = [(*told, stage, NOW, NOW, DAY, True) for stage in STAGES]
    return {
        "rows": [*posted, ("USTR-2019-0005-0001", "", "", text, "stage1", NOW, NOW, None, False)],
        "now": NOW,
        "pieces": splitter("script pump"),
        "stages": STAGES,
        "open_stage": "stage1",
        "invented": {"USTR-2019-0005", text.rpartition("-")[0]},
        "fictional": text,
        "blank": text,
    }


# Each template in `templates/rows`; a test names the one that is missing.
ROWS: Mapping[str, Callable[[str], Given]] = {"docket.html": docket}

# Templates of Django's own that show rows, by their names.
PAGES: Mapping[str, Callable[[str], Given]] = {
    "public/docket_list/_facets.html": lambda text: {
        "counted": {"facets": True},
        "facets_open": text,
        "found": {
            "facets": [
                {
                    "name": "stage",
                    "title": text,
                    "values": [{"url": "?stage=a&b", "chosen": True, "label": text, "number": 1200}],
                }
            ]
        },
    },
}
