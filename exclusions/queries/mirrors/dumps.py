"""The files of the whole docket that anybody may download."""

from exclusions.models.mirrors.changes import DocketChange
from exclusions.models.mirrors.dumps import Dump, DumpFile


def current_dump() -> Dump | None:
    """Return the dump that is there now, or None while one is made anew."""
    return Dump.objects.order_by("-made_at", "-pk").first()


def files_of(dump: Dump) -> list[DumpFile]:
    """Return the files of a dump in the order in which they were written."""
    return list(dump.files.order_by("pk"))


def dump_file(name: str) -> DumpFile | None:
    """Return a file of the dump that is there now, by its name; None where there is none."""
    named = DumpFile.objects.select_related("dump").filter(name=name)
    return named.order_by("-dump__made_at").first()


def last_number() -> int:
    """Return the number of the docket's last change that is committed; 0 where nothing changed yet."""
    return DocketChange.objects.order_by("-number").values_list("number", flat=True).first() or 0
