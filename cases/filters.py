"""筛选: the list's form. All of it lives in the query string, and what was typed wrong is left out, not guessed."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from accounts.models import User
from cases import lists, people
from cases.models import Case, Source
from cases.workflow import Stage
from core import clock, search
from core.fields import DayField, TextField
from core.forms import Form

ME, NOBODY = "me", "none"
CONDITIONS = ("q", "person", "stage", "handler", "source", "from", "to")


class Chip(NamedTuple):
    """One condition in force and the address of the list without it."""

    label: str
    url: str


class PeopleField(forms.CharField):
    """Keys of persons, parted by commas: what a search by number leaves in the address instead of the number."""

    def clean(self, value: Any) -> list[UUID]:
        try:
            return [UUID(key) for key in str(value or "").split(",") if key]
        except ValueError as error:
            raise forms.ValidationError("当事人的检索条件不完整，请重新检索。") from error


class CaseFilter(Form):
    """关键词, 阶段, 承办人, 线索来源, 受理日期; `view`, `sort` and `size` travel along unseen."""

    q = TextField(label="关键词", required=False, max_length=60)
    stage = forms.ChoiceField(label="阶段", required=False, choices=[("", "全部阶段"), *Stage.choices])
    handler = forms.ChoiceField(label="承办人", required=False)
    source = forms.ChoiceField(label="线索来源", required=False, choices=[("", "全部来源"), *Source.choices])
    view = forms.ChoiceField(
        required=False, choices=[(code, code) for code in lists.VIEWS], widget=forms.HiddenInput
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    size = forms.TypedChoiceField(
        required=False,
        choices=[(size, size) for size in lists.SIZES],
        coerce=int,
        widget=forms.HiddenInput,
    )
    person = PeopleField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.fields["q"].widget.attrs["placeholder"] = "案号 / 姓名 / 单位 / 拼音首字母"
        handlers = User.objects.handlers_of(user.organisation).values("pk")
        theirs = Case.objects.visible_to(user).open().filter(handler=OuterRef("pk"))
        people = User.objects.visible_to(user).filter(Q(pk__in=handlers) | Exists(theirs)).order_by("pk")
        handler: Any = self.fields["handler"]
        handler.choices = [
            ("", "全部"),
            (ME, "我承办的"),
            (NOBODY, "未分派"),
            *((str(each.pk), str(each)) for each in people),
        ]
        for name, label in (("from", "受理日期从"), ("to", "受理日期到")):
            self.fields[name] = DayField(label=label, required=False)
            self._speak(self.fields[name])
        self.is_valid()

    def value(self, name: str) -> Any:
        """The checked value of a condition; nothing for what is missing or wrong."""
        return self.cleaned_data.get(name) or None

    @property
    def current_view(self) -> str:
        """The view asked for; a search without one looks everywhere."""
        asked = self.value("view")
        return asked or ("all" if self.active else lists.first_view(self.user))

    @property
    def active(self) -> int:
        return sum(bool(self.value(name)) for name in CONDITIONS)

    def cases(self) -> QuerySet[Case]:
        """What the user may see of the view, narrowed by every condition."""
        where = lists.VIEWS[self.current_view].where(self.user, clock.today())
        return lists.visible(self.user).filter(where, *self._conditions())

    def _conditions(self) -> list[Q]:
        found: dict[str, Callable[[Any], Q]] = {
            "q": _matches,
            "person": people.parties,
            "stage": lambda stage: Q(stage=stage),
            "handler": self._handled_by,
            "source": lambda source: Q(source=source),
            "from": lambda day: Q(accepted_on__gte=day),
            "to": lambda day: Q(accepted_on__lte=day),
        }
        return [found[name](value) for name in CONDITIONS if (value := self.value(name))]

    def _handled_by(self, who: str) -> Q:
        if who == NOBODY:
            return Q(handler=None)
        return Q(handler=self.user.pk if who == ME else who)

    def chips(self) -> list[Chip]:
        """已选条件, each with its way off."""
        return [Chip(self._label(name), self._without(name)) for name in CONDITIONS if self.value(name)]

    def _label(self, name: str) -> str:
        value: Any = self.value(name)
        field: Any = self.fields[name]
        if name == "person":
            return f"当事人：{people.names(self.user, value)}"
        if name in ("from", "to"):
            return f"{field.label} {value}"
        return f"{field.label}：{dict(field.widget.choices)[value] if isinstance(field, forms.ChoiceField) else value}"

    def _without(self, *names: str) -> str:
        kept = {key: self.data[key] for key in self.data if key not in (*names, "page") and self.data[key]}
        return f"?{urlencode(kept)}"

    @property
    def clear_url(self) -> str:
        return self._without(*CONDITIONS)


def _matches(text: str) -> Q:
    """关键词 by the search column: number, names, companies, project, pinyin. Signs alone match nothing."""
    wanted = search.lookup(text)
    return Q(search=SearchQuery(wanted, search_type="raw", config="simple")) if wanted else Q(pk=None)
