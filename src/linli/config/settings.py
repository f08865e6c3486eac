"""Settings: every one comes from an environment variable named LINLI_*; docs/settings.md lists them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from linli.config.home import home, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)


def flag(name: str) -> bool:
    """True where the variable says 1, true or yes."""
    return os.environ.get(name, "").lower() in ("1", "true", "yes")


DEBUG = False
DEMO = flag("LINLI_DEMO")  # one-click logins on loopback; set by `linli demo` alone
TODAY = os.environ.get("LINLI_TODAY", "")  # a fixed day for the demo and rehearsals; empty: the clock's
PUBLIC_ONLY = flag("LINLI_PUBLIC_ONLY")  # serve the pages without names and nothing else
KEYS_FILE = os.environ.get("LINLI_KEYS") or str(HOME / "keys.json")  # what ids and phones are sealed with
SCHEDULE_DATA = os.environ.get("LINLI_SCHEDULE_DATA", "")  # a folder of CDC's schedule files that FHIR judges by
TILES = os.environ.get("LINLI_TILES", "")  # a tile address for maps; empty: the register's own shapes alone
HTTPS = flag("LINLI_HTTPS")

SECRET_KEY = secret_key(HOME)
LOOPBACK = "127.0.0.1,localhost,[::1]"
ALLOWED_HOSTS = [name for host in os.environ.get("LINLI_HOSTS", LOOPBACK).split(",") if (name := host.strip())]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"] if HTTPS else []

DATABASE_URL = os.environ.get("LINLI_DATABASE_URL") or f"sqlite:///{HOME / 'linli.sqlite3'}"
DATABASES: dict[str, Any] = {"default": dict(dj_database_url.parse(DATABASE_URL))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        "transaction_mode": "IMMEDIATE",  # take the write lock at once: no upgrade that fails half way
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
        " PRAGMA temp_store=MEMORY;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # What the address asks for (such as sslmode=require) stays.
    pool = {"min_size": 1, "max_size": 8, "timeout": 20}
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {"pool": pool}
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # the pool keeps connections; Django's own must not

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "linli.records",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "linli.web.headers.Headers",
    "linli.web.letters.PlainAddresses",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "linli.web.keys.KeysFit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "linli.web.sessions.SessionEnds",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "linli.config.public_urls" if PUBLIC_ONLY else "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web/shell/templates", PACKAGE / "web/templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.web.context.page",
            ],
            "libraries": {"shell": "linli.web.shell.templatetags.shell", "wording": "linli.web.wording"},
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]

AUTH_USER_MODEL = "records.Worker"
AUTHENTICATION_BACKENDS = ["linli.records.accounts.backend.SignIn"]
PASSWORD_HASHERS = ["linli.records.accounts.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "linli.records.accounts.passwords.Guessable"},
]
LOGIN_URL = "accounts:sign-in"
SESSION_COOKIE_AGE = SESSION_AT_MOST_S = 12 * 3600  # a working day, whatever happens in it
SESSION_IDLE_S = 3600  # nobody has done anything for so long: the browser is taken to be left alone
if HTTPS:
    # A browser keeps a cookie of such a name only from HTTPS and from this very host: no neighbour can plant one.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:", *([TILES.split("{")[0]] if TILES else [])],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web/shell/static"]
WHITENOISE_USE_FINDERS = True  # assets are served from the package: no collect step that can be forgotten
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# Progress of long work is written while its transaction is still open, so it cannot live in the same database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "progress",
        "TIMEOUT": 24 * 3600,
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FHIR_BULK_MAX_BYTES = 100 * 1024 * 1024  # above this a bulk request is refused before it is read
LIST_MAX_BYTES = 300 * 1024 * 1024  # above this a list is refused before it is read

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "linli.config.logs.Discreet", "format": LINE}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would print an exception with its text; requests are logged by status and path alone.
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}
