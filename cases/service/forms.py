"""Forms of 送达: one for each means, one for each result."""

from typing import Any

from django import forms

from cases.service import means
from core.fields import DayField, TextField
from core.forms import Form, Once
from documents.models import Addressee, Service
from documents.uploads import ACCEPTED

Means = Service.Means
MOST_COPIES = 200


class ScanField(forms.FileField):
    """送达回证、回执 as a picture or PDF; its content is checked when it is taken in."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "送达回证扫描件")
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}), **kwargs)
        self.widget.template_name = "django/forms/widgets/file.html"


class ListForm(Once):
    """列出受送达人: nothing to fill in."""


class AddForm(Once):
    """添加受送达人."""

    name = TextField(label="受送达人", max_length=120)
    whom = forms.ChoiceField(label="身份", choices=[("", "请选择"), *Addressee.Whom.choices])
    is_person = forms.BooleanField(label="是自然人", required=False)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=MOST_COPIES, initial=1)


class ReasonForm(Once):
    """不送达, 撤销登记."""

    reason = TextField(label="原因")


class ScanForm(Once):
    """上传送达回证."""

    scan = ScanField(required=True)


class Signing(Form):
    """签收."""

    received_by = TextField(label="签收人", max_length=100)
    capacity = forms.ChoiceField(label="签收人身份")

    def __init__(self, *args: Any, addressee: Addressee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.value, one.label) for one in means.capacities(addressee)]
        self.fields["capacity"].choices = [("", "请选择"), *offered]  # type: ignore[attr-defined]


class SendForm(Once):
    """登记送出."""

    def __init__(self, *args: Any, addressee: Addressee, **kwargs: Any) -> None:
        self.addressee = addressee
        super().__init__(*args, **kwargs)


class DirectForm(Signing, Once):
    sent_on = DayField(label=means.DAY_CALLED[Means.DIRECT], future=False, help_text="就是送达日期")
    scan = ScanField()
    field_order = ["sent_on", "received_by", "capacity", "scan"]


class LeftForm(SendForm):
    sent_on = DayField(label=means.DAY_CALLED[Means.LEFT], future=False, help_text="就是送达日期")
    remark = TextField(label="拒收事由")
    place = TextField(label="留置地点", max_length=100)
    witness = TextField(label="见证人", max_length=100, required=False)
    on_record = forms.BooleanField(label="已拍照、录像存卷", required=False)
    scan = ScanField()


class EntrustedForm(SendForm):
    sent_on = DayField(label=means.DAY_CALLED[Means.ENTRUSTED], future=False)
    body = TextField(label="受委托单位", max_length=100)


class PostForm(SendForm):
    sent_on = DayField(label=means.DAY_CALLED[Means.POST], future=False)
    tracking_number = TextField(label="邮件号", max_length=40)
    place = TextField(
        label="送达地址的来源", max_length=100, help_text="例如：联系方式确认书、户籍地、登记的住所地"
    )


class NoticeForm(SendForm):
    sent_on = DayField(
        label=means.DAY_CALLED[Means.NOTICE], future=False, help_text="从发出公告之日起三十日视为送达"
    )
    place = TextField(label="公告载体", max_length=100, help_text="例如：报纸名称、日期和版面")
    remark = TextField(label="原因和经过", help_text="下落不明，或者其他方式为什么无法送达")


class ElectronicForm(SendForm):
    sent_on = DayField(
        label=means.DAY_CALLED[Means.ELECTRONIC], future=False, help_text="到达受送达人系统的日期就是送达日期"
    )
    place = TextField(label="接收的系统", max_length=100, help_text="例如：短信、电子邮箱；不写号码")
    consent = TextField(label="同意记在哪里", help_text="例如：2026年11月3日联系方式确认书")
    scan = ScanField(label="到达记录")


class PublicForm(Signing, Once):
    sent_on = DayField(label=means.DAY_CALLED[Means.PUBLIC], future=False, help_text="当场签收，就是送达日期")
    hour = forms.TimeField(label="时间", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = TextField(label="地点", max_length=100)
    participants = TextField(label="参加人")
    agreed = forms.BooleanField(label="单位同意宣告送达")
    scan = ScanField(label="宣告送达笔录或者回证扫描件")
    field_order = ["sent_on", "hour", "place", "participants", "received_by", "capacity", "agreed", "scan"]


SEND_FORMS: dict[Service.Means, type[Any]] = {
    Means.DIRECT: DirectForm,
    Means.LEFT: LeftForm,
    Means.ENTRUSTED: EntrustedForm,
    Means.POST: PostForm,
    Means.NOTICE: NoticeForm,
    Means.ELECTRONIC: ElectronicForm,
    Means.PUBLIC: PublicForm,
}


class SignedForm(Signing, Once):
    """登记签收."""

    served_on = DayField(label="签收日期", future=False, help_text="以回执上注明的日期为准，就是送达日期")
    scan = ScanField(label="回执扫描件")
    field_order = ["served_on", "received_by", "capacity", "scan"]


class ReturnedForm(Once):
    """登记退回."""

    returned_on = DayField(label="退回日期", future=False)
    undelivered = forms.BooleanField(label="三次投递都没有成功", required=False)
    try_1 = DayField(label="第一次投递", future=False, required=False)
    try_2 = DayField(label="第二次投递", future=False, required=False)
    try_3 = DayField(label="第三次投递", future=False, required=False)
    remark = TextField(label="退回原因", help_text="例如：地址上没有此人、本人拒绝签收、电话联系不上")
    scan = ScanField(label="退件扫描件")

    @property
    def facts(self) -> dict[str, Any]:
        facts = super().facts
        days = [facts.pop(f"try_{n}") for n in (1, 2, 3)]
        return facts | {"tries": [day for day in days if day]}


class ExpiredForm(Once):
    """登记公告期满."""

    scan = ScanField(label="公告的留存件")
