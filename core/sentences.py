"""What a field says when it refuses: the label first, then what to do (ux.md 3.14)."""

from typing import Any

from django import forms
from django.conf import settings


def messages_for(field: forms.Field, label: str) -> dict[str, Any]:
    """The field's messages by code; what its author wrote on purpose stays."""
    stock = _stock_messages(field)
    own = {code: text for code, text in field.error_messages.items() if text != stock.get(code)}
    return {
        **field.error_messages,
        **_lengths(label),
        **_numbers(field, label),
        **_kinds(field, label),
        **own,
    }


def required(field: forms.Field, label: str) -> str:
    """还没填X。 / 还没选X，请在列表里选一位。"""
    match field:
        case forms.FileField():
            return f"还没选{label}，请选一个文件。"
        case forms.BooleanField():
            return f"还没勾选“{label}”。"
        case forms.ChoiceField() | forms.ModelChoiceField():
            return f"还没选{label}，请在列表里选一{measure_word(field)}。"
        case forms.DateField() if isinstance(field.widget, forms.SelectDateWidget):
            return f"还没选{label}。"
    return f"还没填{label}。"


def measure_word(field: forms.Field) -> str:
    """位 for people, 项 for the rest; a field may state its own as `measure`."""
    queryset = getattr(field, "queryset", None)
    is_person = queryset is not None and queryset.model._meta.label == settings.AUTH_USER_MODEL
    return str(getattr(field, "measure", "位" if is_person else "项"))


def _stock_messages(field: forms.Field) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        messages.update(getattr(kind, "default_error_messages", {}))
    return messages


def _lengths(label: str) -> dict[str, str]:
    return {
        "max_length": f"{label}最多 %(limit_value)d 个字，现在有 %(show_value)d 个，请删减。",
        "min_length": f"{label}至少 %(limit_value)d 个字，现在有 %(show_value)d 个，请补充。",
        "null_characters_not_allowed": f"{label}里有看不见的控制字符，请删除后重新填写。",
    }


def _numbers(field: forms.Field, label: str) -> dict[str, str]:
    return {
        "min_value": f"{label}不能小于 %(limit_value)s。",
        "max_value": f"{label}不能大于 %(limit_value)s。",
        "max_digits": f"{label}太大，请核对。",
        "max_whole_digits": f"{label}太大，请核对。",
        "max_decimal_places": f"{label}最多 %(max)s 位小数。",
    }


def _kinds(field: forms.Field, label: str) -> dict[str, str]:
    choice = f"{label}不在列表里，请重新选一{measure_word(field)}。"
    messages = {"required": required(field, label), "invalid_choice": choice, "invalid_pk_value": choice}
    match field:
        case forms.IntegerField():
            messages["invalid"] = f"{label}请填数字，例如 15。"
        case forms.EmailField():
            messages["invalid"] = f"{label}请填邮箱，例如 name@example.cn。"
        case forms.DateTimeField():
            messages["invalid"] = f"{label}请写成类似 2026-01-13 09:30 的时间。"
        case forms.TimeField():
            messages["invalid"] = f"{label}请写成类似 09:30 的时间。"
        case forms.FileField():
            messages |= {
                "invalid": f"{label}没有传上来，请重新选一个文件。",
                "missing": f"{label}没有传上来，请重新选一个文件。",
                "empty": f"{label}是空文件，请重新选一个文件。",
            }
        case forms.MultipleChoiceField() | forms.ModelMultipleChoiceField():
            messages |= {"invalid_list": choice, "invalid_pk_value": choice}
        case _:
            messages["invalid"] = f"{label}填写不对，请核对。"
    return messages
