from django import forms

from core.fields import DayField, TextField
from core.forms import STALE_PAGE, Form, Once


class DayForm(Form):
    """新日期, sent by GET: the page lists what would change and saves nothing."""

    on = DayField(label="更正为")


class CorrectForm(Once):
    """更正日期: why, and the list that was looked at (`seen`)."""

    reason = TextField(label="更正理由", help_text="例如：送达回证上的日期是 11 月 3 日")
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, error_messages={"required": STALE_PAGE})
