"""What a password must be. The rule stands once, above the field, in `RULE`."""

import secrets
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

LEAST = 12
RULE = "至少 12 个字符，大写字母、小写字母、数字、符号中至少三种；不要用姓名、用户名或常见密码。"
LETTERS = "abcdefghjkmnpqrstuvwxyz"
DIGITS = "23456789"


class OfficePassword:
    """口令复杂度 (GB/T 22239 8.1.4.1 a), as sentences that say what to change."""

    def validate(self, password: str, user: Any = None) -> None:
        for broken, sentence in self._rules(password, user):
            if broken:
                raise ValidationError(sentence, code="password")

    def get_help_text(self) -> str:
        return RULE

    def _rules(self, password: str, user: Any) -> list[tuple[bool, str]]:
        kinds = [str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum()]
        used = sum(any(kind(c) for c in password) for kind in kinds)
        plain = password.lower()
        own = [word.lower() for word in (getattr(user, "username", ""), getattr(user, "name", "")) if word]
        return [
            (len(password) < LEAST, f"新密码有 {len(password)} 个字符，至少要 {LEAST} 个。"),
            (used < 3, "新密码的字符种类不够，请用上大写字母、小写字母、数字、符号中的三种。"),
            (any(word in plain for word in own), "新密码里有姓名或用户名，请换一个。"),
            (_is_common(password), "新密码太常见，请换一个。"),
        ]


def one_time_password() -> str:
    """A password to be read over the phone once and changed at the first sign-in."""
    part = ["".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2)]
    return f"{part[0].capitalize()}-{part[1]}-{''.join(secrets.choice(DIGITS) for _ in range(4))}"


def _is_common(password: str) -> bool:
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False
