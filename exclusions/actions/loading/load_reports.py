"""What a load did, in the words every loader uses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LoadReport:
    """Counts of one load: `read` and `refused` are rows of the file, the others what it changed in the tables."""

    read: int
    added: int = 0
    changed: int = 0
    ended: int = 0
    refused: int = 0

    @property
    def changed_nothing(self) -> bool:
        """Whether the tables were as the file says already."""
        return not (self.added or self.changed or self.ended)

    def __str__(self) -> str:
        counts = (("read", self.read), ("added", self.added), ("changed", self.changed), ("ended", self.ended))
        return ", ".join(f"{count:,} {word}" for word, count in (*counts, ("refused", self.refused)))
