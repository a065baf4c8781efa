"""Settings of a real office. Every missing or sample value stops the start with a sentence."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY", "至少 50 个字符的随机串，不能是样例值")
DATABASES["default"] |= env.setting("db_url", "DATABASE_URL", "postgres://用户:口令@主机:5432/数据库")
ALLOWED_HOSTS = env.setting("list", "ALLOWED_HOSTS", "用逗号分开的主机名，不能是 *")
SITE_URL = env.setting("str", "SITE_URL", "https://主机名").rstrip("/")
FIELD_KEYS_FILE = env.setting("str", "FIELD_KEYS_FILE", "字段密钥文件的路径")
FIELD_KEYS_CREATE = False
if "*" in ALLOWED_HOSTS:
    raise env.fail("ALLOWED_HOSTS", "用逗号分开的主机名，不能是 *")
if not SITE_URL.startswith(("https://", "http://")):
    raise env.fail("SITE_URL", "https://主机名")

# TLS ends at the office's own proxy, which must set X-Forwarded-Proto (docs/operations.md).
IS_SECURE = SITE_URL.startswith("https://")
if not IS_SECURE and not env.setting("bool", "ALLOW_HTTP", "1 或 0", default=False):
    raise ImproperlyConfigured(
        "SITE_URL 是 http://，案件信息会明文传输。请改用 https://；"
        "封闭办公网内确需 http 时设置 ALLOW_HTTP=1。样例见 .env.example。"
    )
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SESSION_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_SECURE = IS_SECURE
if IS_SECURE:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
