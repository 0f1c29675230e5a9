"""The files of the whole public docket as anybody downloads them, and when they were made."""

from django.db import models


class Dump(models.Model):
    """All public tables as files, as they were at one moment. Made anew each night; one is kept."""

    made_at = models.DateTimeField()
    number = models.BigIntegerField("last change of the docket that it is behind")
    # A count, not a moment: one that was committed later than its moment says is seen all the same.
    take_downs = models.PositiveIntegerField("how many things had been taken down when its rows were read")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


class DumpFile(models.Model):
    """One file of a dump, in the file store."""

    dump = models.ForeignKey(Dump, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=60)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    rows = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    storage_key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dump", "name"], name="dump_file_one_a_name")]

    def __str__(self) -> str:
        return self.name
