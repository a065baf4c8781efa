"""One input per claimant: the part that filing numbers, awards and shares of money have in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from cases.models import Claimant
from core.forms import Form


@dataclass(frozen=True)
class Line:
    """One claimant's row: sums to compare with (yuan), the input, a word about it."""

    claimant: Claimant
    cells: list[tuple[str, Decimal]]
    field: forms.BoundField
    note: str = ""


class PerClaimant(Form):
    """A form with one optional input for each claimant (`line_<pk>`), apart from its other fields.

    `facts[lines_as]` maps the claimants whose input was filled to its value.
    """

    lines_as: ClassVar[str] = "lines"
    columns: ClassVar[list[tuple[str, str]]] = []

    def __init__(self, *args: Any, claimants: Iterable[Claimant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claimants = list(claimants)
        self.notes: dict[int, str] = {}
        for claimant in self.claimants:
            field = self.line_field(claimant)
            self._speak(field)
            field.widget.attrs["aria-label"] = field.label
            self.fields[_name(claimant)] = field

    def line_field(self, claimant: Claimant) -> forms.Field:
        raise NotImplementedError

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if not bound.name.startswith("line_")]

    @property
    def lines(self) -> list[Line]:
        return [
            Line(
                claimant,
                [(label, getattr(claimant, attribute)) for attribute, label in self.columns],
                self[_name(claimant)],
                self.notes.get(claimant.pk, ""),
            )
            for claimant in self.claimants
        ]

    @property
    def headings(self) -> list[str]:
        return [label for _, label in self.columns]

    @property
    def total(self) -> Decimal:
        """What the inputs add up to as the page is shown (yuan)."""
        values: Mapping[str, Any] = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        sums = [value for name, value in values.items() if name.startswith("line_")]
        return sum((value for value in sums if isinstance(value, Decimal)), Decimal())

    @property
    def line_values(self) -> dict[Claimant, Any]:
        found = {claimant: self.cleaned_data.get(_name(claimant)) for claimant in self.claimants}
        return {claimant: value for claimant, value in found.items() if value not in (None, "")}

    @property
    def facts(self) -> dict[str, Any]:
        plain = {name: value for name, value in super().facts.items() if not name.startswith("line_")}
        return plain | {self.lines_as: self.line_values}


def _name(claimant: Claimant) -> str:
    return f"line_{claimant.pk}"
