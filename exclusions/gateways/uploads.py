"""Where a large upload waits while it is read: in a file without a name, which ends with the process in any case."""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler


class UnnamedUploadedFile(TemporaryUploadedFile):
    """An upload on the disk that has no path."""

    def __init__(self, name: str, content_type: str | None, charset: str | None, extra: Any) -> None:
        part = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115  Django closes it
        UploadedFile.__init__(self, part, name, content_type, 0, charset, extra)


class UnnamedFileUploadHandler(TemporaryFileUploadHandler):
    """Takes what is too large for the memory; a kill in the middle leaves nothing of it on the disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = UnnamedUploadedFile(str(self.file_name), self.content_type, self.charset, self.content_type_extra)

    def upload_interrupted(self) -> None:
        """Let go of a file whose sender went away."""
        if hasattr(self, "file"):
            self.file.close()
