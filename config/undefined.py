"""What stands in a template where a variable does not exist. In tests it stands for a failure."""

import inspect
from typing import Any

from django.conf import settings
from django.template.base import Template


class UndefinedTemplateVariable(Exception):
    """A template of ours names a variable that its view does not give."""


class UndefinedVariable(str):
    """Django writes `string_if_invalid % name` when it holds "%s": the place to speak up.

    Templates that come with Django and other packages lean on empty variables; they are let through.
    """

    def __new__(cls) -> "UndefinedVariable":
        return super().__new__(cls, "%s")

    def __mod__(self, name: Any) -> str:
        where = _template_being_rendered()
        if where.startswith(str(settings.BASE_DIR / "templates")):
            raise UndefinedTemplateVariable(f"模板 {where} 用了没有的变量 {name}")
        return ""


def _template_being_rendered() -> str:
    """The file of the node that is being rendered, found on the call stack."""
    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = node.origin if isinstance(node, Template) else getattr(node, "origin", None)
        if frame.f_code.co_name in {"render", "render_annotated"} and origin is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""
