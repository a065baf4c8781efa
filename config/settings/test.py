"""Settings of the tests: own cluster, own folders, quick password hashes, and no forgiveness in templates."""

import os

from config import embedded, env
from config.settings.base import *
from config.undefined import UndefinedVariable

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEMO = False
TEST_DIR = VAR_DIR / "test"
WORKER_DIR = TEST_DIR / os.environ.get("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = WORKER_DIR / "media"
FIELD_KEYS_FILE = str(TEST_DIR / "field-keys.json")
AUDIT_ANCHOR_FILE = str(WORKER_DIR / "audit-anchor.jsonl")
DATABASES = {
    "default": env.setting("db_url", "DATABASE_URL", "", default=embedded.url(VAR_DIR / "postgres-test"))
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
NAVIGATION_COUNTS_SECONDS = 0  # two requests of one test must cost the same queries
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if "CELERY_BROKER_URL" not in os.environ:
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
LOGGING["root"]["level"] = "WARNING"
# Playwright keeps an event loop in the test's thread; the database is used from that thread only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
