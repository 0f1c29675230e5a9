"""The product's settings with what tests need: a throw-away key, quick password hashes, mail kept in memory."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)

from tradecases.settings import *  # noqa: F403
from tradecases.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

# More than one query for the same thing within a request raises (it must be an installed app to see anything).
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
# Signing in looks the same address and session up more than once; that is the libraries' own affair.
ZEAL_ALLOWLIST = [
    {"model": "account.EmailAddress", "field": "*"},
    {"model": "sessions.Session", "field": "*"},
    {"model": "mfa.Authenticator", "field": "*"},
    {"model": "usersessions.UserSession", "field": "*"},
    {"model": "exclusions.User", "field": "get()"},
    # Each action locks the row that it changes, one that calls another locks it again: saving a step and attaching its
    # files lock the petition in turn. A few times a request, never once a row.
    {"model": "exclusions.Petition", "field": "get()"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
# The second factor and the time-out have tests of their own; elsewhere a person signs in once and the clock moves on.
STAFF_SECOND_FACTOR = False
SESSION_COOKIE_AGE = 8 * 3600
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Every test client starts the middleware anew: WhiteNoise looks a file up when asked instead of listing them all then.
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = Path(tempfile.gettempdir()) / "tradecases-test-static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns about a folder that is missing, and warnings are errors here

# One process of a parallel run must not see the queue of another (nor the cache: tests/conftest.py).
_WORKER = f"{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}-{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
CELERY_TASK_DEFAULT_QUEUE = f"test-{_WORKER}"
CELERY_TASK_ROUTES: dict[str, dict[str, str]] = {}  # all tasks to that one; tests/unit/deployed/test_queues.py
# Tasks run in the process even where Redis answers; tests/integration/core/test_worker.py starts a real worker.
CELERY_TASK_ALWAYS_EAGER = True
OUTBOX_WAKE = ""
MAIL_GOES_NOWHERE = False  # it is kept in memory
TASK_ASKER = ""
CELERY_TASK_EAGER_PROPAGATES = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Said by name: pytest-django knows only Django's own backend as one whose tests run in memory in each process.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
