"""The connection as one that seals what is written."""

from exclusions.gateways.database.sealing import Sealing


def sealing(wrapper: object) -> Sealing:
    """Return the connection as the kind that the settings name."""
    found = getattr(wrapper, "_connections", None)
    kept = found[wrapper._alias] if found is not None else wrapper  # type: ignore[attr-defined]
    assert isinstance(kept, Sealing)
    return kept
