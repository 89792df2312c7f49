"""Settings. Everything that differs between offices comes from the environment; README.md lists the variables.

`KHUYENCONG_MODE=demonstration` (the default) needs nothing: it attaches to, or starts, the embedded PostgreSQL and
Valkey under `var/`, answers on loopback only and has demonstration accounts. `production` demands every secret.
"""

import os
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from khuyencong import embedded
from khuyencong.settings.secrets import demonstration_secret

# openpyxl writes by the standard library: lxml, which the papers need, hides a full disk behind an error of its own.
os.environ.setdefault("OPENPYXL_LXML", "False")

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

# Mode -----------------------------------------------------------------------------------------------------------------
MODE = env("KHUYENCONG_MODE", default="demonstration")
if MODE not in {"demonstration", "production"}:
    raise ImproperlyConfigured("KHUYENCONG_MODE must be 'demonstration' or 'production'.")
DEMONSTRATION = MODE == "demonstration"
DEMO_PASSWORD = env("DEMO_PASSWORD", default="khuyencong-demo")
DEBUG = False


def required(name, hint):
    """The variable `name`, or a sentence that says what to set."""
    value = env(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {hint}")
    return value


if DEMONSTRATION:
    DATABASE_URL = env("DATABASE_URL", default="") or embedded.database_url()
    REDIS_URL = env("REDIS_URL", default="") or embedded.redis_url()
    SECRET_KEY = env("SECRET_KEY", default="") or demonstration_secret(VAR_DIR / "secret-key")
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
else:
    SECRET_KEY = required("SECRET_KEY", "a random string of 50 characters or more.")
    ALLOWED_HOSTS = required("ALLOWED_HOSTS", "host names of the site, separated by commas.").split(",")
    DATABASE_URL = required("DATABASE_URL", "postgres://user:password@host/database.")
    REDIS_URL = required("REDIS_URL", "redis://host:6379/0.")

# Applications ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "khuyencong.apps.KhuyencongConfig",
    "facilities.apps.FacilitiesConfig",
    "programmes.apps.ProgrammesConfig",
    "fairs.apps.FairsConfig",
    "reports.apps.ReportsConfig",
    "khuyencong.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "template_partials.apps.SimpleAppConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "khuyencong.middleware.LoginRequiredMiddleware",
    "khuyencong.middleware.NoStoreMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "khuyencong.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
    "khuyencong.middleware.RefusalMiddleware",
    "khuyencong.middleware.ReadOnlyGetMiddleware",  # last: only our own code is under it, the session may still save
]
ROOT_URLCONF = "khuyencong.urls"
WSGI_APPLICATION = "khuyencong.wsgi.application"

# Data -----------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c lock_timeout=5s -c statement_timeout=120s -c idle_in_transaction_session_timeout=300s "
    "-c pgtrigger.ignore={}"  # ignores none; unset, every trigger call raises and catches an exception to find out
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REPORTS_DIR = Path(env("REPORTS_DIR", default=str(VAR_DIR / "reports")))
DOSSIER_DIR = Path(env("DOSSIER_DIR", default=str(VAR_DIR / "dossiers")))
DOSSIER_FILE_LIMIT = env.int("DOSSIER_FILE_LIMIT", default=20 * 2**20)  # bytes a file
PUBLIC_PRODUCTS = env.bool("PUBLIC_PRODUCTS", default=DEMONSTRATION)  # the page of certified products, without login
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "public": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "public",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    "public_counts": {  # apart from the pages: many pages must not throw out who asked how often
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "public_counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # GET writes nothing, so there is nothing to explain

# Jobs -----------------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 300
CELERY_TASK_TIME_LIMIT = 360
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 3}
OFFICE_HOURS = "7-17"
CELERY_BEAT_SCHEDULE = {
    "sweep-reports": {"task": "reports.tasks.sweep_reports", "schedule": 15.0},
    "send-mail": {"task": "khuyencong.tasks.send_mail", "schedule": 60.0},
    "sweep-dossiers": {"task": "programmes.tasks.sweep_dossiers", "schedule": 3600.0},
    "send-reminders": {"task": "programmes.tasks.send_reminders", "schedule": crontab(minute=5, hour=OFFICE_HOURS)},
    "send-digest": {"task": "khuyencong.tasks.send_digest", "schedule": crontab(minute=15, hour=OFFICE_HOURS)},
}

# Mail: notices; without EMAIL_HOST the demonstration prints it and production sends none --------------------------------
EMAIL_HOST = env("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="Cổng khuyến công <khuyencong@localhost>")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000" if DEMONSTRATION else f"https://{ALLOWED_HOSTS[0]}")
MAILS = DEMONSTRATION or bool(EMAIL_HOST)

# People ---------------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "khuyencong.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "khuyencong.backends.RoleBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "khuyencong.backends.client_address"

# Pages ----------------------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "khuyencong.context.portal",
            ],
        },
    }
]
FORM_RENDERER = "khuyencong.forms.PortalRenderer"
STATIC_URL = "static/"
STATIC_ROOT = None if DEMONSTRATION else VAR_DIR / "static"  # the demonstration serves from the sources
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEMONSTRATION
WHITENOISE_AUTOREFRESH = False
if not DEMONSTRATION:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# Language and time ----------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "khuyencong" / "locale"]
FORMAT_MODULE_PATH = "khuyencong.formats"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Security -------------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
if not DEMONSTRATION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sid", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# Log ------------------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
