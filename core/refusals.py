from typing import Any


class Refused(Exception):
    """办不了：the rules say no. The message is the Chinese sentence for the screen, with the remedy."""


class Unconfirmed(Refused):
    """要先确认后果: allowed, but only once these consequences have been read and confirmed."""

    def __init__(self, message: str, consequences: list[str]) -> None:
        super().__init__(message)
        self.consequences = consequences


class Conflict(Exception):
    """版本冲突：somebody saved this row after the form was opened (409, compare, choose).

    `current` is the row as it is now; `fields` maps a field's label to (mine, theirs) where they differ.
    """

    def __init__(
        self, message: str, *, current: Any = None, fields: dict[str, tuple[Any, Any]] | None = None
    ) -> None:
        super().__init__(message)
        self.current = current
        self.fields = fields or {}
