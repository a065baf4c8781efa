from typing import Any

from django import forms

from core.fields import TextField
from core.forms import Form

NOTICE = "例如：国办发明电〔2026〕7号"


class ImportForm(Form):
    """First step: the file is checked, nothing is stored."""

    year = forms.IntegerField(label="年份", min_value=2020, max_value=2100)
    notice = TextField(label="依据", max_length=100, help_text=NOTICE)
    file = forms.FileField(
        label="放假安排",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=".xlsx 或 .csv，列名为日期、类别、节日；连续的日子可写成“2027-02-05 至 2027-02-11”",
    )

    def _speak(self, field: forms.Field) -> None:
        super()._speak(field)
        if isinstance(field, forms.FileField):
            empty = "这是空文件，请核对后重新选择。"
            field.error_messages |= {"required": "还没选文件，请选择放假安排。", "empty": empty}


class ApplyForm(Form):
    """Second step: what was checked travels as text and is checked again."""

    year = forms.IntegerField(min_value=2020, max_value=2100, widget=forms.HiddenInput)
    notice = TextField(max_length=100, widget=forms.HiddenInput)
    rows = forms.CharField(max_length=40_000, strip=False, widget=forms.HiddenInput)
    basis = forms.CharField(max_length=12, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notice"].label = "依据"
