"""The product's own settings, but for the rate limits: one client asks a thousand times a minute here.

With BENCH_REMEMBERS=0 nothing is remembered between two requests.
"""

import os
import tempfile
from pathlib import Path

from tradecases.file_store import file_store
from tradecases.settings import *  # noqa: F403
from tradecases.settings import CACHES, REST_FRAMEWORK, STORAGES

_UNLIMITED = dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000/min")
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": _UNLIMITED}
_FOLDER = Path(tempfile.gettempdir()) / "tradecases-bench"
EMAIL_FILE_PATH = _FOLDER / "mail"
STORAGE_URL = (_FOLDER / "files").as_uri()
STORAGES = {**STORAGES, "files": file_store(STORAGE_URL)}
STATIC_ROOT = _FOLDER / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if os.environ.get("BENCH_REMEMBERS") == "0":
    CACHES = {name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in CACHES}
