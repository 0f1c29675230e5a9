"""What the templates of a filer's own pages are given, with one text wherever people write one."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
Given = Mapping[str, Any]


def own(text: str) -> Given:
    """Return a draft with its progress, and a filed petition of a firm without number, name or deadline."""
    parties = {"organization": text, "filer_organization": text, "filed_by": text, "round": SimpleNamespace(title=text)}
    draft = SimpleNamespace(pk=text, product_name=text, reference=None, hts10=text, status="draft", **parties)
    filed = SimpleNamespace(**{**vars(draft), "product_name": "", "reference": text, "hts10": "", "status": "posted"})
    said = {"stage": text, "move": text, "deadline_of": text}
    row = SimpleNamespace(petition=draft, yours=True, progress=SimpleNamespace(done=3, total=9), deadline=NOW, **said)
    bare = SimpleNamespace(petition=filed, yours=False, progress=None, deadline=None, **said)
    return {"rows": [row, bare], "now": NOW, "shared": True}


ROWS: Mapping[str, Callable[[str], Given]] = {
    "deadline.html": lambda text: {"moment": NOW, "now": NOW, "end": text},
    "own.html": own,
}
