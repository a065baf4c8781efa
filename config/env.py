"""Reading the environment. Every failure is one sentence: which variable, what shape, where the sample is."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

REQUIRED = environ.Env.NOTSET
PLACEHOLDERS = ("change-me", "changeme", "dev-only", "please-set", "secret", "password")
_reader = environ.Env()


def fail(name: str, shape: str) -> ImproperlyConfigured:
    """The sentence for a variable that is missing or of the wrong shape. Never prints the value."""
    return ImproperlyConfigured(f"环境变量 {name} 没有设置或写法不对。应为：{shape}。样例见 .env.example。")


def setting(kind: str, name: str, shape: str, default: Any = REQUIRED) -> Any:
    """Read one variable; `kind` is a reader of django-environ (str, bool, int, list, db_url, cache_url …)."""
    try:
        value = getattr(_reader, kind)(name, default=default)
    except (ImproperlyConfigured, ValueError, KeyError) as error:
        raise fail(name, shape) from error
    if value == "" and default is REQUIRED:
        raise fail(name, shape)
    return value


def secret(name: str, shape: str, least: int = 50) -> str:
    """Read a secret that must be a real one: long enough, varied, and no placeholder of a sample file."""
    value = str(setting("str", name, shape))
    placeholder = any(word in value.lower() for word in PLACEHOLDERS)
    if placeholder or len(value) < least or len(set(value)) < 10:
        raise fail(name, shape)
    return value
