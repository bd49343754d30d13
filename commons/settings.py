"""Owns every setting, read from the environment and safe by default (`manage.py doctor` explains them)."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from commons.logs import logging_for
from commons.text.embeds import FRAME_HOSTS

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("COMMONS_VAR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _own_secret() -> str:
    """Return this installation's secret, drawn once and kept in a file only its owner can read."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        drawn = VAR_DIR / f".secret_key.{os.getpid()}"
        drawn.touch(mode=0o600)
        drawn.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        with suppress(FileExistsError):  # of processes that start together, the first one's holds for all
            os.link(drawn, path)
        drawn.unlink()
    return path.read_text(encoding="utf-8").strip()


# -- The site -----------------------------------------------------------------

SITE_URL = env.str("COMMONS_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")
SITE_NAME = "Commons"
SITE_PUBLISHER, SITE_HOST, SITE_CONTACT = (env.str(f"SITE_{name}", "") for name in ("PUBLISHER", "HOST", "CONTACT"))
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or _own_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname, "127.0.0.1", "localhost"])
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "commons.urls"
WSGI_APPLICATION = "commons.wsgi.application"
ASGI_APPLICATION = "commons.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "frontend",
    "practices",
    "forum",
    "events",
    "commons.vocabularies",
    "commons.people",
    "commons.moderation",
    "commons.search",
    "commons.notices",
    "commons",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "taggit",
    "rules",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "csp",
    "channels",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "frontend.statics.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "commons.drf.ApiManners",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "frontend.signed_in.SessionsInUse",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "frontend.errors.ErrorPages",
    "csp.middleware.CSPMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "frontend.context.site",
            ],
        },
    },
]

# -- Database, cache, jobs ------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{VAR_DIR / 'commons.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    DATABASES["default"] |= {"ENGINE": "commons.sqlite", "OPTIONS": options}
else:
    # Five seconds are enough for a PostgreSQL that restarts; who waits longer keeps a page process from everybody.
    pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL", 10), "timeout": 5.0}
    # What a connection asks often is planned once (docs/adr/0028). A pooler between must keep that, or it is to be off.
    often = 5 if env.bool("DATABASE_PREPARED", True) else None
    DATABASES["default"]["OPTIONS"] = {"pool": pool, "server_side_binding": True, "prepare_threshold": often}
    # A connection of the pool is asked before it is lent: after a restart of PostgreSQL nobody is handed a dead one.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.str("REDIS_URL", "")
# Asked once more, at once, and no longer: whoever waits for Redis keeps a page process from everybody.
REDIS_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 3, "retry": Retry(NoBackoff(), 1)}
CACHES = {
    "default": (
        {"BACKEND": "commons.caches.PatientRedisCache", "LOCATION": REDIS_URL, "OPTIONS": REDIS_OPTIONS}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    ),
    # Shared by every process of the machine, since a worker's or a command's writes end what pages processes keep.
    "pages": (
        {"BACKEND": "commons.caches.SwiftRedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "pages"}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "pages",
            "OPTIONS": {"MAX_ENTRIES": 2000},
        }
    ),
}
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", 300)

# -- Live -----------------------------------------------------------------------

SOCKET_ROUTES = "frontend.sockets"
CHANNEL_LAYERS = {
    "default": (
        {"BACKEND": "commons.live.layers.RedisLayer", "CONFIG": {"hosts": [REDIS_URL]}}
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
    ),
}
LIVE_HEARTBEAT_SECONDS = env.float("LIVE_HEARTBEAT_SECONDS", 30.0)
SOCKETS_PER_PERSON = env.int("SOCKETS_PER_PERSON", 30)
POSTS_PER_MINUTE = env.int("POSTS_PER_MINUTE", 60)
REPORTS_PER_HOUR = env.int("REPORTS_PER_HOUR", 20)

# -- Search -------------------------------------------------------------------

MEILISEARCH_URL = env.str("MEILISEARCH_URL", "").rstrip("/")
MEILISEARCH_KEY = env.str("MEILISEARCH_KEY", "")
MEILISEARCH_INDEX = env.str("MEILISEARCH_INDEX", "commons")

# -- People -------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "commons.permissions.PermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SIGNUP_FORM_CLASS = "frontend.pages.people.forms.SignupForm"
ACCOUNT_ADAPTER = "frontend.pages.people.adapter.AccountAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Commons] "
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
USERSESSIONS_TRACK_ACTIVITY = True
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
SOCIALACCOUNT_ADAPTER = "frontend.pages.people.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
PROCONNECT_SCOPE = "openid given_name usual_name email uid siret"
OIDC_SERVER_URL, OIDC_ID = env.str("OIDC_SERVER_URL", ""), env.str("OIDC_ID", "proconnect")
IS_PROCONNECT = OIDC_ID == "proconnect"
OIDC_SCOPE = env.str("OIDC_SCOPE", PROCONNECT_SCOPE if IS_PROCONNECT else "openid profile email").split()
OIDC_ACR = env.str("OIDC_ACR", "eidas1" if IS_PROCONNECT else "")
# Browsers hold a form to the policy through its redirections, and signing in is a form that ends at the provider.
OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))] if OIDC_SERVER_URL else []
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "commons.people.openid.Provider",
        "OAUTH_PKCE_ENABLED": env.bool("OIDC_PKCE", True),
        "SCOPE": OIDC_SCOPE,
        "AUTH_PARAMS": {"acr_values": OIDC_ACR} if OIDC_ACR else {},
        "APPS": [
            {
                "provider_id": OIDC_ID,
                "name": env.str("OIDC_NAME", "ProConnect"),
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER_URL},
            },
        ]
        if OIDC_SERVER_URL
        else [],
    },
}

# -- Mail ---------------------------------------------------------------------

MAIL_DIR = VAR_DIR / "mails"
if env.str("EMAIL_URL", ""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_DIR)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", f"Commons <commons@{urlsplit(SITE_URL).hostname}>")

MAIL_REPLY_DOMAIN = env.str("MAIL_REPLY_DOMAIN", "")
MAIL_INBOUND_SECRET = env.str("MAIL_INBOUND_SECRET", "")
MAIL_LIMIT = env.int("MAIL_LIMIT", 10_000_000)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 15)

# -- Notices --------------------------------------------------------------------

NOTICE_DELAY_SECONDS = env.float("NOTICE_DELAY_SECONDS", 60.0)
NOTICE_RETRY_SECONDS = env.float("NOTICE_RETRY_SECONDS", 30.0)
NOTICE_LEASE_SECONDS = env.float("NOTICE_LEASE_SECONDS", 300.0)

# -- Languages ------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
LOCALE_PATHS = [BASE_DIR / app / "locale" for app in ("frontend", "events", "forum", "practices", "commons")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# -- Files --------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
UPLOAD_LIMIT = env.int("UPLOAD_LIMIT", 10_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
S3_NAMES = {"bucket_name": "BUCKET", "endpoint_url": "ENDPOINT_URL", "region_name": "REGION"}
S3_NAMES |= {"access_key": "ACCESS_KEY", "secret_key": "SECRET_KEY"}  # without them: the machine's own role
S3 = {option: env.str(f"S3_{name}", "") or None for option, name in S3_NAMES.items()}
# Checksums in trailers are Amazon's own: the S3 of other hosts refuses them.
os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
S3_FIXED = {"signature_version": "s3v4", "file_overwrite": False}
ON_DISK = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
IN_BUCKET = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": S3_FIXED | S3}
STORAGES = {
    "default": IN_BUCKET if S3["bucket_name"] else ON_DISK,
    "staticfiles": {"BACKEND": "frontend.statics.NamedByContent"},
}
SERVESTATIC_KEEP_ONLY_HASHED_FILES = True
SERVESTATIC_SKIP_COMPRESS_EXTENSIONS = ["map", "woff2", "png", "jpg", "webp", "gz", "br", "zip"]

# -- Security -------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
# A browser takes a cookie of this name from this host alone, over https.
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrftoken"
SECURE_SSL_REDIRECT = IS_HTTPS and env.bool("SSL_REDIRECT", True)
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    BEHIND_PROXY
)  # limits count who asks, not the proxy, and believe no header without it
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes ask the process itself, without a certificate
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-src": [f"https://{host}" for host in FRAME_HOSTS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# -- API ----------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "commons.people.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly", "commons.drf.WithinScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["commons.drf.PlainJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["commons.drf.WriteThrottle", "commons.drf.ReadThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "write": env.str("THROTTLE_WRITE", "120/min"),
        "read": env.str("THROTTLE_READ", "1200/min"),
    },
    "NUM_PROXIES": int(BEHIND_PROXY),
    "EXCEPTION_HANDLER": "commons.drf.problem_handler",
    "DEFAULT_PAGINATION_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a facet of the catalogue
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Commons",
    "DESCRIPTION": "Practice sheets of culture professionals: read, write, try, rate.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {"GenreEnum": "practices.enums.Genre", "ThreadKindEnum": "forum.enums.ThreadKind"},
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "commons.drf.describe_problems"],
}

# -- Glossary -------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = False  # our Term has a unique normalised key instead
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# -- Logs ---------------------------------------------------------------------

# A log that says who asked for what would name who speaks under Chatham.
DJANGO_STRUCTLOG_USER_ID_FIELD, DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = None, False
LOGGING = logging_for(env.str("LOG_FORMAT", "console"), env.str("LOG_LEVEL", "WARNING"))
