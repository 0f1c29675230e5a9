"""Certificates of bulk sheets: what a person certified of several drafts at once."""

import hashlib
import json
import uuid
from datetime import UTC

from django.conf import settings
from django.db import models

from exclusions.models.guards import AppendOnly


class BulkCertificate(models.Model):
    """What one person certified at one moment: the statements, and of each draft its revision and its digest.

    It names drafts by their keys alone, since a draft that was not filed may be deleted. It outlives its sheet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet_key = models.UUIDField(help_text="of the sheet, which is deleted one day")
    docket = models.CharField(max_length=30)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    statements = models.JSONField(help_text="[[key, words]] as the form had them")
    drafts = models.JSONField(help_text="[[key of the draft, its revision, digest of its answers and documents]]")
    sha256 = models.CharField(max_length=64)

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"Certificate of {len(self.drafts)} petitions"

    def digest(self) -> str:
        """Return the sha256 (hex) over what was certified, by whom and when."""
        said = [str(self.sheet_key), self.docket, self.made_by_id, self.made_at.astimezone(UTC).isoformat()]
        whole = json.dumps([*said, self.statements, self.drafts], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(whole.encode()).hexdigest()
