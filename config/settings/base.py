"""Settings shared by every environment; `dev`, `test` and `production` only override. See .env.example."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from config import embedded, env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
if not os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".test"):
    environ.Env.read_env(BASE_DIR / ".env")

# --- who and where
SECRET_KEY = env.setting("str", "SECRET_KEY", "至少 50 个字符的随机串", default="dev-only-not-for-production")
DEBUG = env.setting("bool", "DEBUG", "1 或 0", default=False)
DEMO = env.setting("bool", "DEMO", "1 或 0", default=False)
SITE_URL = env.setting("str", "SITE_URL", "https://主机名", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.setting(
    "list", "ALLOWED_HOSTS", "用逗号分开的主机名", default=["127.0.0.1", "localhost", "[::1]"]
)
VAR_DIR = Path(env.setting("str", "VAR_DIR", "可写的文件夹", default=str(BASE_DIR / "var")))
TRUSTED_PROXIES = env.setting(
    "list", "TRUSTED_PROXIES", "用逗号分开的反向代理地址", default=[]
)  # only these may say X-Forwarded-For
MEDIA_ROOT = Path(env.setting("str", "MEDIA_ROOT", "可写的文件夹", default=str(VAR_DIR / "media")))
FIELD_KEYS_FILE = env.setting(
    "str", "FIELD_KEYS_FILE", "密钥文件路径", default=str(VAR_DIR / "field-keys.json")
)
FIELD_KEYS_CREATE = True  # a missing key file is made on first use; never in production
AUDIT_ANCHOR_FILE = env.setting(
    "str", "AUDIT_ANCHOR_FILE", "日志封存底稿的路径", default=str(VAR_DIR / "audit-anchor.jsonl")
)

# --- what it is made of
INSTALLED_APPS = [
    "accounts.admin_app.SuperuserAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "import_export",
    "axes",
    "csp",
    "core",
    "audit",
    "accounts",
    "jobs",
    "notifications",
    "approvals",
    "deadlines",
    "documents",
    "cases",
    "referrals",
    "mediation",
    "suggestions",
    "outreach",
    "dashboard",
]
MIDDLEWARE = [
    "accounts.middleware.TrueAddress",
    "core.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.SecurityHeaders",
    "core.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.ReadOnlyGet",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SessionLimits",
    "core.middleware.NoNul",
    "accounts.middleware.LoginRequired",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.shell",
            ],
        },
    }
]

# --- database and cache
DATABASES = {
    "default": env.setting(
        "db_url",
        "DATABASE_URL",
        "postgres://用户:口令@主机:5432/数据库",
        default=embedded.url(VAR_DIR / "postgres"),
    )
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.setting(
        "cache_url", "CACHE_URL", "redis://主机:6379/1 或 dbcache://cache", default="dbcache://cache"
    )
}

# --- language and clock
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- sign-in and sessions
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/login/"
NAVIGATION_COUNTS_SECONDS = 30  # how old a number beside an item of the side bar may be
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backend.Backend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passwords.OfficePassword"}]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = (
    12 * 3600
)  # seconds; accounts.middleware ends idle sessions and partners' sessions sooner
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # guessing on must not keep the owner out for ever
AXES_LOCKOUT_CALLABLE = "accounts.lockout.keep_our_answer"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # the audit log tells it

# --- what a browser may do with our pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# other hosts learn nothing; "no-referrer" would make browsers post forms with `Origin: null`, which CSRF refuses
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60  # names without a hash; hashed ones are immutable for ten years
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000  # a grid of 300 workers with 15 columns
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# --- procedure switches (domain.md §10: the office confirms them)
MEDIATION_SUSPENDS = env.setting("bool", "MEDIATION_SUSPENDS", "1 或 0", default=False)
APPROVAL_CHAINS = env.setting(
    "json", "APPROVAL_CHAINS", '{"support": ["department_head", "chief"]}', default={}
)
PAPER_CHAINS = env.setting(
    "json", "PAPER_CHAINS", '{"aid_letter": ["department_head", "chief"], "feedback_letter": []}', default={}
)
NUMBER_TEMPLATES = env.setting(
    "json", "NUMBER_TEMPLATES", '{"case": "{abbr}检民支〔{year}〕{seq}号"}', default={}
)
PAPER_TITLES = env.setting("json", "PAPER_TITLES", '{"support_letter": "支持起诉书"}', default={})
# after so many days what was typed into a paper and never saved is deleted
WORKING_COPY_DAYS = env.setting("int", "WORKING_COPY_DAYS", "天数", default=30)
PAPER_DATES = env.setting("str", "PAPER_DATES", "arabic 或 chinese", default="arabic")

# --- jobs: the database is the truth, Celery is a nudge
CELERY_BROKER_URL = env.setting("str", "CELERY_BROKER_URL", "redis://主机:6379/0", default="filesystem://")
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120  # seconds; below half of the visibility timeout
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "beat-heartbeat": {"task": "jobs.tasks.beat_heartbeat", "schedule": timedelta(minutes=1)},
    "sweep": {"task": "jobs.tasks.sweep", "schedule": timedelta(minutes=1)},
}
BROKER_DIR = VAR_DIR / "broker"
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    }

# --- ways out of the house; each is off until its first line is set (docs/operations.md, 通知渠道)
EMAIL_HOST = env.setting("str", "EMAIL_HOST", "邮件服务器主机名", default="")
EMAIL_PORT = env.setting("int", "EMAIL_PORT", "端口，例如 465", default=25)
EMAIL_HOST_USER = env.setting("str", "EMAIL_HOST_USER", "邮件账号", default="")
EMAIL_HOST_PASSWORD = env.setting("str", "EMAIL_HOST_PASSWORD", "邮件账号的密码或授权码", default="")
EMAIL_USE_SSL = env.setting("bool", "EMAIL_USE_SSL", "1 或 0", default=False)
EMAIL_USE_TLS = env.setting("bool", "EMAIL_USE_TLS", "1 或 0", default=False)
EMAIL_TIMEOUT = 10  # seconds for each step of the talk with the mail server
DEFAULT_FROM_EMAIL = env.setting(
    "str", "EMAIL_FROM", "支持起诉 <地址>", default="支持起诉 <zhichi@localhost>"
)
SMS_DROP_DIR = env.setting("str", "SMS_DROP_DIR", "可写的文件夹", default="")
OUTBOUND_HOSTS = env.setting(
    "list", "OUTBOUND_HOSTS", "用逗号分开的主机名，内网写 http://主机:端口", default=[]
)

# --- logs: one JSON object a line, without personal data
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "filters": {"request_id": {"()": "core.request_id.Filter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},  # the folder broker has no host name
    },
}
