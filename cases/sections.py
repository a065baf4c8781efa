"""What apps above `cases` put on the case page: they register a section, the page asks for it by the case."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from cases.models import Case

Section = Callable[[Case, User], dict[str, Any] | None]
_registered: dict[str, Section] = {}


def register(key: str, section: Section) -> None:
    """Call this in AppConfig.ready. `section` answers None, or {title, url, action, empty, rows: [{text, note, tag,
    tone, url}]}; `empty` is what it says while it has no rows."""
    _registered[key] = section


def sections_for(case: Case, user: User) -> list[dict[str, Any]]:
    """What there is to show, each with its anchor."""
    found = ((key, section(case, user)) for key, section in _registered.items())
    return [{"key": key, **shown} for key, shown in found if shown]
