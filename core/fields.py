"""Form fields that strip, normalise and refuse in sentences. The sentence begins with the field's label."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import clock, identity
from core.days import parse_day
from core.money import read_yuan, yuan
from core.text import fold_digits, has_control, plain_name, tidy, tidy_lines

LONGEST_TEXT = 20_000
COURT_NUMBER = re.compile(
    r"[(\[〔【](\d{4})[)\]〕】]([\u4e00-\u9fff]\d{0,6}[\u4e00-\u9fff]{1,8}\d{1,8}号(?:之[一二三四五六七八九十\d]{1,3})?)",
    re.ASCII,
)


def typed_text(value: Any, noun: str) -> str:
    """What was typed, blank when only blanks were; control characters are refused, not swallowed."""
    text = "" if value is None else str(value)
    if has_control(text):
        raise ValidationError(f"{noun}里有看不见的控制字符，请删除后重新填写。", code="control")
    return text if tidy(text) else ""


class ReadField(forms.CharField):
    """A text input whose content `read` turns into a value; ValueError carries the sentence."""

    attributes: dict[str, str] = {}

    @property
    def noun(self) -> str:
        return str(self.label or "这一项")

    def read(self, text: str) -> Any:
        return tidy(text)

    def to_python(self, value: Any) -> Any:
        text = typed_text(value, self.noun)
        if not text:
            return self.empty_value
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: browsers cut pasted text without a word; ours is refused with a sentence."""
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes | self.attributes


class TextField(ReadField):
    """One line, 200 characters unless told."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class LongTextField(ReadField):
    """Several lines, up to 20,000 characters."""

    widget = forms.Textarea
    attributes = {"rows": "5"}

    def __init__(self, *, max_length: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def read(self, text: str) -> str:
        return tidy_lines(text)


class NameField(TextField):
    """姓名: no blanks between characters, one kind of middle dot."""

    attributes = {"autocomplete": "off"}

    def __init__(self, *, max_length: int = 50, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def read(self, text: str) -> str:
        return plain_name(text)


class IdNumberField(ReadField):
    """公民身份号码."""

    attributes = {"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}

    def read(self, text: str) -> str:
        return identity.parse_id_number(text, noun=self.noun)


class PhoneField(ReadField):
    """手机号; with `landline` a desk phone too."""

    attributes = {"autocomplete": "off", "inputmode": "tel"}

    def __init__(self, *, landline: bool = False, **kwargs: Any) -> None:
        self.landline = landline
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        return identity.parse_phone(text, noun=self.noun, landline=self.landline)


class UsccField(ReadField):
    """统一社会信用代码."""

    attributes = {"autocomplete": "off", "spellcheck": "false"}

    def read(self, text: str) -> str:
        return identity.parse_uscc(text, noun=self.noun)


class BankCardField(ReadField):
    """银行卡号."""

    attributes = {"autocomplete": "off", "inputmode": "numeric"}

    def read(self, text: str) -> str:
        return identity.parse_bank_card(text, noun=self.noun)


class CodeField(ReadField):
    """Our own codes: `150902-2026-0016`, `XS-150902-2026-0088`."""

    attributes = {"autocomplete": "off", "spellcheck": "false"}

    def read(self, text: str) -> str:
        code = re.sub("[—–－]", "-", fold_digits(text)).upper()
        if not re.fullmatch(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", code):
            raise ValueError(f"{self.noun}只能有字母、数字和短横线，例如 150902-2026-0016。")
        return code


class CourtNumberField(ReadField):
    """法院案号: （2026）内0902民初123号, brackets brought to the court's form."""

    def read(self, text: str) -> str:
        match = COURT_NUMBER.fullmatch(fold_digits(text))
        if not match:
            raise ValueError(f"{self.noun}请写成类似（2026）内0902民初123号的样子。")
        return f"（{match[1]}）{match[2]}"


class YuanField(ReadField):
    """金额 in yuan. `notice` says when a unit was multiplied out (2.4万); `positive` refuses 0."""

    attributes = {"autocomplete": "off", "inputmode": "decimal"}

    def __init__(self, *, positive: bool = False, **kwargs: Any) -> None:
        self.positive = positive
        self.notice = ""
        super().__init__(empty_value=None, **kwargs)

    def read(self, text: str) -> Decimal:
        amount = read_yuan(text, noun=self.noun)
        if self.positive and not amount.value:
            raise ValueError(f"{self.noun}要大于 0，请核对。")
        self.notice = amount.notice
        return amount.value

    def prepare_value(self, value: Any) -> Any:
        return yuan(value).replace(",", "") if isinstance(value, Decimal) else value


class DayField(forms.DateField):
    """日期 in any usual spelling. `future=False` refuses days after today, `past=False` days before it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, *, future: bool = True, past: bool = True, **kwargs: Any) -> None:
        self.limits: list[tuple[bool, Callable[[date], bool], str]] = [
            (future, lambda day: day > clock.today(), "不能晚于今天"),
            (past, lambda day: day < clock.today(), "不能早于今天"),
        ]
        super().__init__(**kwargs)

    @property
    def noun(self) -> str:
        return str(self.label or "日期")

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return super().to_python(value)
        text = typed_text(value, self.noun)
        try:
            return parse_day(text, noun=self.noun) if text else None
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        for allowed, beyond, words in self.limits:
            if value and not allowed and beyond(value):
                raise ValidationError(f"{self.noun}{words}（{clock.today()}），请核对。", code="limit")
