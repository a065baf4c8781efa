from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.absences import colleagues, may_be_entered_by
from accounts.models import Organisation, OrganisationKind, User
from accounts.models.user import Density, Theme
from accounts.people import units_for, why_not_in
from accounts.permissions import Role
from core.fields import DayField, NameField, PhoneField, TextField
from core.forms import Form
from core.text import tidy

LONGEST_PASSWORD = 128


class PasswordField(forms.CharField):
    """Never trimmed, never shown again."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=LONGEST_PASSWORD, widget=widget, **kwargs)


class UsernameField(TextField):
    """用户名: small letters, so that Legalaid and legalaid are one account."""

    attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}

    def read(self, text: str) -> str:
        return tidy(text).lower()


class SignInForm(Form):
    username = UsernameField(label="用户名", max_length=150)
    password = PasswordField(label="密码", autocomplete="current-password")


class PasswordForm(Form):
    current = PasswordField(label="现在的密码", autocomplete="current-password")
    new = PasswordField(label="新密码", autocomplete="new-password")
    again = PasswordField(label="新密码（再填一次）", autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_current(self) -> str:
        if not self.user.check_password(self.cleaned_data["current"]):
            raise ValidationError("现在的密码不对，请核对后重填。")
        return str(self.cleaned_data["current"])

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        validate_password(new, self.user)
        if new == self.cleaned_data.get("current"):
            raise ValidationError("新密码与现在的相同，请换一个。")
        return new

    def clean(self) -> None:
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", "两次填的新密码不一样，请重填一次。")


class PreferencesForm(Form):
    theme = forms.ChoiceField(label="主题", choices=Theme)
    density = forms.ChoiceField(label="列表密度", choices=Density)


class DeputyForm(Form):
    substitute = forms.ModelChoiceField(label="代理人", queryset=User.objects.none(), empty_label="请选择")
    starts_on = DayField(label="开始日期", past=False)
    ends_on = DayField(label="结束日期", past=False)
    reason = TextField(label="事由", max_length=100, help_text="例如：外出培训、年休假")

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substitute"].queryset = colleagues  # type: ignore[attr-defined]


class AbsenceForm(Form):
    """Who is away and who is reminded instead. Only who enters for others is asked for whom."""

    user = forms.ModelChoiceField(label="请假人", queryset=User.objects.none(), empty_label="请选择")
    covered_by = forms.ModelChoiceField(
        label="代办人",
        queryset=User.objects.none(),
        empty_label="请选择",
        help_text="期间的期限提醒同时发给代办人",
    )
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期", past=False)
    reason = TextField(label="事由", max_length=100, help_text="例如：年休假、外出办案")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = may_be_entered_by(by)  # type: ignore[attr-defined]
        self.fields["user"].initial = by.pk
        self.fields["covered_by"].queryset = colleagues(by)  # type: ignore[attr-defined]
        self.own = None if by.leads else by
        if self.own:
            del self.fields["user"]
            self.fields["covered_by"].queryset = colleagues(by).exclude(pk=by.pk)  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        return super().facts | ({"user": self.own} if self.own else {})


class UserForm(Form):
    """One account. The same form opens and changes it; the username is settled at opening."""

    username = TextField(
        label="用户名", max_length=30, help_text="小写字母开头，可含数字和短横线，例如 zhangsan"
    )
    name = NameField(label="姓名", max_length=40)
    organisation = forms.ModelChoiceField(
        label="单位", queryset=Organisation.objects.none(), empty_label="请选择"
    )
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    department = TextField(label="部门", max_length=40, required=False)
    phone = PhoneField(label="办公电话", landline=True, required=False)
    is_active = forms.BooleanField(label="启用（停用后立即不能登录，记录保留）", required=False)

    def __init__(self, *args: Any, by: User, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units_for(by)  # type: ignore[attr-defined]
        if changing:
            del self.fields["username"]
        else:
            del self.fields["is_active"]

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].lower()
        if not username.replace("-", "").isalnum() or not username.isascii() or not username[0].isalpha():
            raise ValidationError("用户名只能用小写字母、数字和短横线，并以字母开头，例如 zhangsan。")
        return str(username)

    def clean(self) -> None:
        role, unit = self.cleaned_data.get("role"), self.cleaned_data.get("organisation")
        if role and unit and (reason := why_not_in(Role(role), unit)):
            self.add_error("role", reason)


class OrganisationForm(Form):
    code = TextField(label="单位代码", max_length=20, help_text="检察院用行政区划代码，例如 150902")
    name = TextField(label="名称", max_length=80)
    abbreviation = TextField(label="简称", max_length=10, required=False, help_text="文号用，例如：集")
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *OrganisationKind.choices])
    region_code = TextField(label="行政区划代码", max_length=12, help_text="六位数字，例如 150902")
    parent = forms.ModelChoiceField(
        label="上级单位", queryset=Organisation.objects.none(), empty_label="请选择"
    )
    phone = PhoneField(label="联系电话", landline=True, required=False)
    is_active = forms.BooleanField(label="启用（停用后该单位人员立即不能登录）", required=False)

    def __init__(self, *args: Any, by: User, unit: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units_for(by)  # type: ignore[attr-defined]
        self.settled_kind = unit.kind if unit else ""
        if unit:
            for settled in ("code", "kind", "parent"):
                del self.fields[settled]
        else:
            del self.fields["is_active"]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].upper()
        if not code.replace("-", "").isalnum() or not code.isascii():
            raise ValidationError("单位代码只能用数字、大写字母和短横线，例如 150902-FY01。")
        return str(code)

    def clean_region_code(self) -> str:
        region = str(self.cleaned_data["region_code"])
        if not (region.isascii() and region.isdigit() and 6 <= len(region) <= 12):
            raise ValidationError("行政区划代码应为 6 至 12 位数字，例如 150902。")
        return region

    def clean(self) -> None:
        kind = self.settled_kind or self.cleaned_data.get("kind")
        if kind == OrganisationKind.PROCURATORATE and not self.cleaned_data.get("abbreviation"):
            self.add_error("abbreviation", "检察院还没填简称，文号要用它，例如：集。")
