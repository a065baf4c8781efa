"""Forms of 证据, with several files at once."""

from typing import Any

from django import forms

from cases.forms import Editing
from cases.models import Case, Claimant, Evidence
from core.fields import TextField
from core.forms import Form, Once
from documents.uploads import ACCEPTED

MOST_FILES = 20
MOST_PAGES = 10_000


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Up to MOST_FILES files; their content is checked when they are taken in (documents.uploads)."""

    widget = ManyFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if self.required and not files:
            raise forms.ValidationError("还没选文件，请选一个或几个文件。", code="required")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                f"一次最多 {MOST_FILES} 个文件，现在选了 {len(files)} 个。请分几次上传。", code="many"
            )
        return files


class EvidenceFields(Form):
    """What an item of evidence is and proves."""

    kind = forms.ChoiceField(label="证据种类", choices=[("", "请选择"), *Evidence.Kind.choices])
    name = TextField(label="证据名称", max_length=100)
    form = forms.ChoiceField(label="证据形式", choices=Evidence.Form.choices)
    origin = forms.ChoiceField(label="来源", choices=Evidence.Origin.choices)
    proves = TextField(label="证明目的", max_length=300)
    claimant = forms.ModelChoiceField(
        label="所属申请人", queryset=Claimant.objects.none(), required=False, empty_label="全案"
    )
    pages = forms.IntegerField(label="页数", min_value=1, max_value=MOST_PAGES, required=False)
    original_seen = forms.BooleanField(label="已核对原件", required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claimant"].queryset = case.claimants.select_related("person")  # type: ignore[attr-defined]


class EvidenceForm(EvidenceFields, Once):
    """登记证据."""

    files = FilesField(  # type: ignore[assignment]  # fields leave the class again
        label="文件", required=False, help_text="可以一次选几个：图片、PDF、Word、Excel、录音、视频"
    )


class EvidenceEditForm(EvidenceFields, Editing):
    """修改证据."""


class FilesForm(Once):
    """补充证据文件."""

    files = FilesField(label="文件")  # type: ignore[assignment]  # as above


class RemoveForm(Once):
    """移出证据清单."""

    reason = TextField(label="移出原因")
