from typing import Any

from django import forms

from core.fields import LongTextField, TextField
from core.forms import Form

NOTICE = "例如：国办发明电〔2026〕7号"


class ImportForm(Form):
    """First step: a file or the notice's own paragraphs are checked, nothing is stored."""

    year = forms.IntegerField(label="年份", min_value=2020, max_value=2100)
    notice = TextField(label="依据", max_length=100, help_text=NOTICE)
    text = LongTextField(
        label="粘贴通知",
        required=False,
        help_text="把通知里从“一、元旦：”到国庆节的几段原样粘贴进来，不用整理",
    )
    file = forms.FileField(
        label="或者选择文件",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=".xlsx 或 .csv，列名为日期、类别、节日；日期可照通知写成“2月5日至11日”",
    )

    def _speak(self, field: forms.Field) -> None:
        super()._speak(field)
        if isinstance(field, forms.FileField):
            field.error_messages |= {"empty": "这是空文件，请核对后重新选择。"}

    def clean(self) -> None:
        super().clean()
        if "file" in self.errors or "text" in self.errors:
            return
        text, file = self.cleaned_data.get("text"), self.cleaned_data.get("file")
        if text and file:
            self.add_error("file", "粘贴了通知，又选了文件。请只用一种：清空上面的文字，或者不选文件。")
        elif not text and not file:
            self.add_error("text", "还没有放假安排，请粘贴通知里的几段，或者选择文件。")


class ApplyForm(Form):
    """Second step: what was checked travels as text and is checked again."""

    year = forms.IntegerField(min_value=2020, max_value=2100, widget=forms.HiddenInput)
    notice = TextField(max_length=100, widget=forms.HiddenInput)
    rows = forms.CharField(max_length=40_000, strip=False, widget=forms.HiddenInput)
    basis = forms.CharField(max_length=12, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notice"].label = "依据"
