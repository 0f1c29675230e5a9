"""Settings, from the environment only; a wrong value stops the start with its name. No I/O happens here, but that the
product's own files are read once for the name of the release.

The variables and their defaults are listed in docs/settings.md.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tradecases.api_description import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from tradecases.caches import caches, release_of
from tradecases.databases import databases
from tradecases.environment import env, flag, networks, proxies, url, whole_number
from tradecases.file_store import file_store
from tradecases.log_lines import log_lines
from tradecases.mail import mail_host, mail_server, security_contact
from tradecases.queues import DESK, limits, routes
from tradecases.rest import rest_framework

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEMO = flag("DEMO")
DEBUG = flag("DEBUG")
MAINTENANCE = flag("MAINTENANCE")  # closes this process; `manage.py maintenance on` closes all of them
BEHIND_PROXY = proxies("BEHIND_PROXY")  # how many
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEBUG or DEMO):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Set it to a long random string "
            '(python -c "import secrets; print(secrets.token_urlsafe(50))"); `make run` makes one for a demonstration.'
        )
    SECRET_KEY = "demonstration-only-" + "not-a-secret-" * 4

# Old keys, tried after the new one: sessions, mailed links and second factors outlive a change of key.
SECRET_KEY_FALLBACKS = [key for key in env.list("SECRET_KEY_FALLBACKS", default=[]) if key]

BASE_URL = url("BASE_URL", {"http", "https"}, "https://petitions.example.gov").rstrip("/") or "http://127.0.0.1:8000"
SECURE = urlsplit(BASE_URL).scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "exclusions",
    "exclusions.api",
    "tradecases.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "tradecases.static_files.StaticFiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
]

MIDDLEWARE = [
    "exclusions.views.core.middleware.request_line.RequestLineMiddleware",
    "exclusions.views.core.middleware.outbox.OutboxMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside what marks the answers of a session, which are not compressed.
    "exclusions.views.core.middleware.compressed.CompressedMiddleware",
    "csp.middleware.CSPMiddleware",
    "exclusions.views.core.middleware.permissions_policy.PermissionsPolicyMiddleware",
    "exclusions.views.core.middleware.wordless.WordlessMiddleware",
    # Outside the sessions, so that it sees their cookie come and go.
    "exclusions.views.core.middleware.no_store.NoStoreMiddleware",
    "exclusions.views.core.upload_limit.UploadLimitMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "exclusions.views.core.middleware.shared_reads.SharedReadsMiddleware",
    # Inside what adds headers, and outside whatever asks a table.
    "exclusions.views.core.middleware.maintenance.MaintenanceMiddleware",
    # Inside what adds headers, and outside whatever asks for the host: probes come by address.
    "exclusions.views.core.middleware.probes.ProbesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "exclusions.views.core.middleware.unprintable.UnprintableMiddleware",
    "exclusions.views.core.middleware.keep_typed.KeepTypedMiddleware",
    "exclusions.views.core.session_time.SessionTimeMiddleware",
    "exclusions.views.core.middleware.second_factor.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "exclusions.views.core.middleware.trouble.TroubleMiddleware",
]

ROOT_URLCONF = "tradecases.urls"
WSGI_APPLICATION = "tradecases.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "exclusions.views.core.context_processors.site",
            ],
        },
    },
    {
        # Tables of many rows (docs/decisions/0019).
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "rows"],
        "OPTIONS": {"environment": "exclusions.templatetags.rows.environment"},
    },
    {
        # Fields and widgets (docs/decisions/0020).
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "forms",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "exclusions.forms.rendering.environment"},
    },
]
FORM_RENDERER = "exclusions.forms.rendering.FormTemplates"

# ---- Database -------------------------------------------------------------------------------------------------
DATABASES = databases(VAR_DIR)
KEEPER_OF_SEALS = "exclusions.models.seals"
if "public" in DATABASES:
    DATABASE_ROUTERS = ["exclusions.queries.public.public_reads.PublicReads"]
    MIDDLEWARE.append("exclusions.views.core.middleware.public_reads.PublicReadsMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- Queue and cache ------------------------------------------------------------------------------------------
REDIS_URL = url("REDIS_URL", {"redis", "rediss"}, "redis://127.0.0.1:6379/0")
CACHES = caches(REDIS_URL, release_of(BASE_DIR))
# What of Celery's is the same everywhere is in tradecases/queues.py.
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
# What a message in the outbox wakes once its transaction has ended. Empty: the web process sends after its answer.
OUTBOX_WAKE = "exclusions.tasks.wake" if REDIS_URL else ""
# Who asks the queue for a task that a page names. Empty: the page does the work itself.
TASK_ASKER = "exclusions.tasks.ask_for" if REDIS_URL else ""
CELERY_TASK_DEFAULT_QUEUE, CELERY_TASK_ROUTES, CELERY_TASK_ANNOTATIONS = DESK, routes(), limits()

# ---- People ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "exclusions.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "exclusions.forms.people.passwords.NamesValidator"},
    {"NAME": "exclusions.forms.people.passwords.RepeatsValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "exclusions.forms.people.accounts.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, or after SESSION_MINUTES; nobody is asked
# In the browser in which the account was made; elsewhere the link confirms the address and signs nobody in.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# Whoever changes a password or a second factor with a stolen session is noticed by its owner.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "exclusions.views.core.sign_in.SignInAdapter"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}  # a key is an account as one network tries it
# A second factor for every staff role. Off in a demonstration, whose sign-ins are printed, unless it is asked for.
STAFF_SECOND_FACTOR = flag("STAFF_SECOND_FACTOR", default=not DEMO)
MFA_ADAPTER = "exclusions.views.core.sign_on.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tradecases"
MFA_TOTP_TOLERANCE = 1

# Agency sign-on by OpenID Connect: offered once all three are set.
OIDC_ISSUER = url("OIDC_ISSUER", {"http", "https"}, "https://secure.login.gov").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="").strip()
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="").strip()
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("OIDC_ISSUER is set, so OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set too.")
SOCIALACCOUNT_ADAPTER = "exclusions.views.core.sign_on.AgencySignOnAdapter"
_agency = {"provider_id": "agency", "name": "Agency sign-on", "settings": {"server_url": OIDC_ISSUER}}
_agency |= {"client_id": OIDC_CLIENT_ID, "secret": OIDC_CLIENT_SECRET}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_agency] if OIDC_ISSUER else []}}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"

# ---- Words, time, money ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]  # words of the libraries, as this site says them

# ---- Files, mail, scanner -------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_MANIFEST = flag("STATIC_MANIFEST")
STORAGE_URL = url("STORAGE_URL", {"file", "s3"}, "file:///srv/tradecases/files") or (VAR_DIR / "files").as_uri()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": file_store(STORAGE_URL),
    "staticfiles": {
        "BACKEND": "tradecases.static_files.HashedFiles"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
WHITENOISE_KEEP_ONLY_HASHED_FILES = STATIC_MANIFEST
CLAMD_URL = url("CLAMD_URL", {"tcp", "unix"}, "tcp://127.0.0.1:3310")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "exclusions.gateways.uploads.UnnamedFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="").strip() or f"Tradecases <no-reply@{mail_host(BASE_URL)}>"
SECURITY_CONTACT = security_contact(mail_host(BASE_URL))
OFFICE_CONTACT = (
    env.str("OFFICE_CONTACT", default="").strip() or f"Section 301 Product Exclusions, exclusions@{mail_host(BASE_URL)}"
)
_mail = mail_server(VAR_DIR)
EMAIL_BACKEND, EMAIL_FILE_PATH = _mail.backend, _mail.folder
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.tls, _mail.ssl
# Nobody named a mail server, and this is no demonstration: each start and each run of the outbox warns of it.
MAIL_GOES_NOWHERE = not _mail.named and not (DEMO or DEBUG)
EMAIL_TIMEOUT = 10  # seconds; a mail server that is slower is tried again later

# ---- Security headers -----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # The sign-on button posts to this site, which sends the browser on to the agency's provider.
        "form-action": ["'self'", *([OIDC_ISSUER] if OIDC_ISSUER else [])],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "exclusions.views.core.csrf.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
if SECURE:  # browsers take cookies of such names from this very host alone, over https, for all of it
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
MESSAGE_STORAGE = "exclusions.views.core.message_cookie.MessageStorage"
# A session ends after this long without a request; the page warns five minutes before.
SESSION_COOKIE_AGE = whole_number("SESSION_MINUTES", default=60, least=10, most=1440) * 60
SECURE_SSL_REDIRECT = SECURE
# Probes, and who measures, ask the process itself, without the https of the proxy.
SECURE_REDIRECT_EXEMPT = [r"^(health/(live|ready)|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
# Browsers ship the list of preloaded sites: it binds every name under the host for years, so nobody gets there unasked.
SECURE_HSTS_PRELOAD = flag("HSTS_PRELOAD") and SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# ---- API ------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = rest_framework(proxies=BEHIND_PROXY)
# Networks of the inside that webhooks may reach beside the public Internet; none unless an operator names them.
WEBHOOK_NETWORKS = networks("WEBHOOK_NETWORKS")
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_FORMATTER_CLASS": "exclusions.api.problems.ProblemFormatter"}

# ---- Errors and log lines -------------------------------------------------------------------------------------
SENTRY_DSN = url("SENTRY_DSN", {"https", "http"}, "https://key@sentry.example.gov/1")
LOGGING = log_lines("INFO" if DEBUG else "WARNING", readable=DEBUG or DEMO, texts=DEBUG)
# A task's line carries the number of the request that asked for it, and says how it ended; that it begins says nothing.
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = 10
METRICS_NETWORKS = networks("METRICS_NETWORKS") or ["127.0.0.0/8", "::1/128"]  # from which /metrics is answered
# Some indexes have included columns, which SQLite leaves out.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
