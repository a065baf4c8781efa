from cases.models import Suspension
from core import clock
from core.fields import DayField, TextField
from core.forms import Once


class ResumeForm(Once):
    """恢复审查."""

    on = DayField(label="恢复日期", future=False)
    note = TextField(label="恢复说明", max_length=200, required=False)


def resume_initial(suspension: Suspension) -> dict[str, object]:
    """Today, or the first day of the suspension should that be later."""
    return {"on": max(clock.today(), suspension.starts_on)}
