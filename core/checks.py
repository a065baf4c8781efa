"""What must be right before the program starts; each problem says what to do."""

import stat
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from core import ciphers, keys


@register(Tags.security)
def key_file(**kwargs: Any) -> list[CheckMessage]:
    """The key file exists (production), is its owner's alone and can be read."""
    where = keys.path()
    if not where.exists():
        missing = Error(f"没有字段密钥文件 {where}。", hint=keys.REMEDY, id="core.E902")
        return [] if settings.FIELD_KEYS_CREATE else [missing]
    if stat.S_IMODE(where.stat().st_mode) & ~stat.S_IRUSR:
        return [
            Error(f"字段密钥文件 {where} 的权限过宽。", hint=f"请运行 chmod 0400 {where}。", id="core.E902")
        ]
    try:
        keys.ring()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="core.E902")]
    return []


@register(Tags.compatibility)
def clock_settings(**kwargs: Any) -> list[CheckMessage]:
    """Legal days are days in China, wherever the server stands."""
    if settings.TIME_ZONE == "Asia/Shanghai" and settings.USE_TZ:
        return []
    return [
        Error(
            "时区设置不对，期限会算错。",
            hint="请设 TIME_ZONE = 'Asia/Shanghai'，USE_TZ = True。",
            id="core.E907",
        )
    ]


@register(Tags.security)
def known_answers(**kwargs: Any) -> list[CheckMessage]:
    """This machine's cryptography reproduces the published vectors."""
    return [
        Error(
            f"{name} 的标准算例在本机算错。",
            hint="请用 pip 安装的 cryptography，不要用系统包。",
            id="core.E908",
        )
        for name in ciphers.known_answer_failures()
    ]
