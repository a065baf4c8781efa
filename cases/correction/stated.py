"""登记过的法定日期: one of them, where it is written, and between which others it must lie."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model

from cases.models import Occurrence
from core import clock

Bounds = tuple[tuple[str, date | None], ...]


@dataclass(frozen=True)
class Stated:
    """One legal date: `key` is what clocks rest on (`CaseDeadline.rests_on`) and what their pauses begin or end with
    (`DeadlinePause.begun_by`, `ended_by`); it lies between `after` and `before`.

    `clocks` are the keys of deadlines that rest on it without a link to the case; `also` says the same day elsewhere.
    """

    key: str
    label: str
    day: date
    row: Model
    field: str
    after: Bounds = ()
    before: Bounds = ()
    ahead: bool = False
    same_year: bool = False
    clocks: tuple[int, ...] = ()
    also: "Stated | None" = None

    def why_not(self, on: date) -> str:
        """The order of things, as the verbs that took the date asked for it."""
        if on == self.day:
            return f"{self.label}本来就是 {on}，日期没有变化，请核对。"
        if on > clock.today() and not self.ahead:
            return f"{self.label} {on} 还没到，请改成今天或以前的日期。"
        if self.same_year and on.year != self.day.year:
            return f"{self.label}不能改到另一年：案号按 {self.day.year} 年编排。"
        for what, day in self.after:
            if day and on < day:
                return f"{self.label} {on} 早于{what} {day}，请核对。"
        for what, day in self.before:
            if day and on > day:
                return f"{self.label} {on} 晚于{what} {day}，请核对。"
        return ""

    def write(self, on: date) -> None:
        """Put the new day where the old one stood; the hour of an instant stays."""
        old = getattr(self.row, self.field)
        if isinstance(old, datetime):
            setattr(self.row, self.field, _same_hour(old, on))
        else:
            setattr(self.row, self.field, on)
        fields = [self.field]
        if isinstance(self.row, Occurrence) and self.row.at:
            self.row.at = _same_hour(self.row.at, on)
            fields.append("at")
        if hasattr(self.row, "version"):
            self.row.version += 1
            fields.append("version")
        self.row.save(update_fields=fields)
        if self.also:
            self.also.write(on)


def _same_hour(moment: datetime, on: date) -> datetime:
    return datetime.combine(on, moment.astimezone(clock.SHANGHAI).time(), tzinfo=clock.SHANGHAI)
