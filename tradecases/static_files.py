"""Static files under the names of their contents, compressed once, so that a browser may keep them for a year."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OF_SHEETS = dict(CompressedManifestStaticFilesStorage.patterns)["*.css"]


class StaticFiles(StaticFilesConfig):
    """Leaves out what no page asks for: maps of scripts, a second viewer of the API, what sheets are made of."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("*.map", "*.py", "*.md", "*.scss", "SHA256SUMS"),
        *("redoc", "rest_framework", "*-es-bundle*", "htmax*", "htmx-2.js", "htmx-4*"),
    ]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashes names, also those by which sheets name other files; maps that sheets and scripts name are not there."""

    patterns = (("*.css", tuple(named for named in _OF_SHEETS if "sourceMappingURL" not in str(named))),)
