"""What the forms of several stages share."""

from typing import Any

from core.forms import Versioned


class Editing(Versioned):
    """A form on an editable row whose verb takes the row's version, to refuse a stale one (409)."""

    @property
    def facts(self) -> dict[str, Any]:
        return super().facts | {"version": self.cleaned_data["version"]}
