from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.fields import DayField, PhoneField, TextField
from core.forms import Form, Versioned
from notifications import outbound
from notifications.models import Channel, Delivery, Preference, Topic

# whatever is told to people one by one; the digest is switched by itself
CHOSEN = [topic for topic in Topic if topic != Topic.DIGEST]
MAIL = [("now", "立即"), ("digest", "汇总"), ("off", "不发")]
SMS = [("off", "不发"), ("now", "立即")]


class MatrixRow(NamedTuple):
    topic: str
    mail: forms.BoundField
    sms: forms.BoundField


class HourField(forms.TimeField):
    """An hour of the day, typed as 20:00."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "inp"})


class Renewable(Versioned):
    """A versioned form that is shown once more after a 409, with what was typed and the version of now."""

    def renew(self, version: int) -> None:
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["version"] = str(version)
        self.data = data


class PreferenceForm(Renewable):
    """通知偏好. The mobile number is never shown again: an empty field keeps it, the tick removes it."""

    email = forms.EmailField(label="邮箱", max_length=120, required=False)
    mobile = PhoneField(label="手机号", required=False)
    drop_mobile = forms.BooleanField(label="删除已填的手机号", required=False)
    quiet_from = HourField(label="免打扰开始")
    quiet_to = HourField(label="免打扰结束")
    digest = forms.BooleanField(label="工作日 8:30 发一份今日待办汇总", required=False)

    def __init__(self, *args: Any, preference: Preference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in CHOSEN:
            self.fields[f"mail_{topic}"] = self._choice(f"{topic.label}：邮件", MAIL, preference.mail(topic))
            self.fields[f"sms_{topic}"] = self._choice(f"{topic.label}：短信", SMS, preference.sms(topic))
        if not preference.mobile:
            del self.fields["drop_mobile"]

    def _choice(self, label: str, choices: list[tuple[str, str]], initial: str) -> forms.ChoiceField:
        field = forms.ChoiceField(label=label, choices=choices, initial=initial)
        field.widget.attrs["aria-label"] = label
        self._speak(field)
        return field

    @property
    def matrix(self) -> list[MatrixRow]:
        return [MatrixRow(topic.label, self[f"mail_{topic}"], self[f"sms_{topic}"]) for topic in CHOSEN]

    @property
    def choices(self) -> dict[str, dict[str, str]]:
        facts = self.cleaned_data
        return {
            str(topic): {"mail": facts[f"mail_{topic}"], "sms": facts[f"sms_{topic}"]} for topic in CHOSEN
        }

    def clean(self) -> None:
        if self.cleaned_data.get("mobile") and self.cleaned_data.get("drop_mobile"):
            self.add_error("drop_mobile", "填了新手机号，又勾选了删除。请只留一个。")


class SecretField(TextField):
    """Write-only: what is stored is never sent back to a browser, not even after an error."""

    widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class ChannelForm(Renewable):
    """群机器人. On an existing one an empty address or secret keeps what is stored."""

    name = TextField(label="名称", max_length=40, help_text="例如：民事检察部工作群")
    kind = forms.ChoiceField(label="类型", choices=[("", "请选择"), *Channel.Kind.choices])
    address = SecretField(
        label="机器人地址", max_length=500, help_text="从群设置里复制的 Webhook 地址，保存后不再显示"
    )
    secret = SecretField(
        label="加签密钥", max_length=200, required=False, help_text="钉钉机器人选了“加签”时填写"
    )
    drop_secret = forms.BooleanField(label="删除已填的加签密钥", required=False)
    topics = forms.MultipleChoiceField(
        label="发送哪些通知",
        choices=[(topic.value, topic.label) for topic in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
    )
    quiet_from = HourField(label="免打扰开始")
    quiet_to = HourField(
        label="免打扰结束",
        help_text="这段时间的消息等结束再发，今天到期和已超期的照发。两个时间相同表示不设",
    )
    is_active = forms.BooleanField(label="启用（停用后不再向这个群发送，待发的撤回）", required=False)

    def __init__(self, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel:
            self.fields["address"].required = False
            self.fields["address"].widget.attrs.pop("aria-required", None)
            self.fields["address"].help_text = f"已填，末四位 {channel.ending}。不改就留空"
            self.fields["secret"].help_text = "已填。不改就留空" if channel.secret else "没有填"
        else:
            del self.fields["is_active"]
        if not (channel and channel.secret):
            del self.fields["drop_secret"]

    def clean(self) -> None:
        if self.cleaned_data.get("secret") and self.cleaned_data.get("drop_secret"):
            self.add_error("drop_secret", "填了新密钥，又勾选了删除。请只留一个。")

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if address and (reason := outbound.why_not(address)):
            raise ValidationError(reason)
        return address


class DeliveryFilter(Form):
    """投递记录的筛选. What is not understood filters nothing."""

    status = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *Delivery.Status.choices])
    kind = forms.ChoiceField(label="渠道", required=False, choices=[("", "全部"), *Delivery.Kind.choices])
    day = DayField(label="日期", required=False)
