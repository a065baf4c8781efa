"""The form of a paper (填写内容), made from its facts: one field for each that people may write."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, get_type_hints
from uuid import UUID, uuid4

from django import forms

from cases.paperwork.catalogue import all_papers
from cases.paperwork.filling import editable
from core.fields import DayField, LongTextField, TextField, YuanField
from core.forms import Once, Versioned
from documents import wordings
from documents.models import Phrase
from documents.models.phrase import LONGEST_PHRASE

YES_NO = [("", "未定"), ("yes", "是"), ("no", "否")]
ROWS = "5"


class PaperForm(Versioned):
    """填写内容: blanks are allowed while a paper is a draft; finishing asks for what is missing.

    `page` tells one open window from another, `copy` is the stamp of the working copy that it continues.
    """

    HELPERS = frozenset({"version", "page", "copy"})

    resumed: dict[str, str] = {}  # what stands in the form and is not saved
    going_on: Any = None  # the working copy that the page goes on with (cases.paperwork.keeping.Offer)
    others: Sequence[Any] = ()  # and those that it does not

    page = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    copy = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    @property
    def facts(self) -> dict[str, Any]:
        return self.readable | {"expected_n": self.cleaned_data["version"]}

    @property
    def readable(self) -> dict[str, Any]:
        """What could be read, by fact; also of a form that is not valid as a whole."""
        found = self.cleaned_data.items()
        return {name: self._value(name, value) for name, value in found if name not in self.HELPERS}

    @property
    def typed(self) -> dict[str, str]:
        """What was sent for each fact, letter by letter."""
        names = [name for name in self.fields if name not in self.HELPERS]
        return {name: self.data.get(name, "") for name in names if not self.left_out(name)}

    @property
    def page_key(self) -> UUID:
        return self.cleaned_data.get("page") or uuid4()

    @property
    def seen(self) -> str:
        return self.cleaned_data.get("copy", "")

    @property
    def base_n(self) -> int:
        return self.cleaned_data.get("version") or 0

    def _value(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        return field.value_of(value) if isinstance(field, Lines | YesNo) else value


class Draftable:
    """What a paper needs in the end, a draft may still lack: finishing asks for it, saving does not."""

    def validate(self, value: Any) -> None:
        pass


class Line(Draftable, TextField):
    """One line."""


class Text(Draftable, LongTextField):
    """Several lines."""


class Day(Draftable, DayField):
    """日期."""


class Yuan(Draftable, YuanField):
    """金额, in yuan."""


class Lines(Draftable, LongTextField):
    """One item a line."""

    def value_of(self, text: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class YesNo(Draftable, forms.ChoiceField):
    """是、否，或者还没定."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, **kwargs)

    def value_of(self, code: str) -> bool | None:
        return {"yes": True, "no": False}.get(code)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


class Choice(Draftable, forms.ChoiceField):
    """One of a few; nothing is chosen beforehand."""

    def __init__(self, *, words: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(choices=[("", "请选择"), *((each, each) for each in words)], **kwargs)


class StartForm(Once):
    """起草: nothing to fill in."""


class WordForm(Once):
    """传回修改后的 Word."""

    expected_n = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    file = forms.FileField(label="修改后的 Word", widget=forms.ClearableFileInput(attrs={"accept": ".docx"}))


class VoidForm(Once):
    """作废."""

    reason = TextField(label="作废原因", max_length=200)


class RestoreWordingForm(Once):
    """恢复通用文本."""

    expected_n = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = TextField(label="原因", max_length=200)


class WordingForm(RestoreWordingForm):
    """修改文本. `expected_n` is the version that was changed."""

    words = forms.CharField(
        label="文本",
        max_length=wordings.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )
    field_order = ["words", "reason"]


class PhraseForm(Once):
    """常用段落: what it is called, what it says, where it fits. `expected_n` is the version that was changed."""

    kind = forms.ChoiceField(label="种类", choices=Phrase.Kind)
    title = TextField(label="名称", max_length=60)
    text = LongTextField(
        label="段落", max_length=LONGEST_PHRASE, help_text="不写人名和号码，用“申请人”“被申请人”"
    )


class LibraryPhraseForm(PhraseForm):
    """常用段落 as it is managed."""

    use = forms.ChoiceField(label="用在", choices=Phrase.Use, required=False)
    papers = forms.MultipleChoiceField(
        label="适用的文书",
        required=False,
        help_text="不选就是各种文书都可以用",
        widget=forms.SelectMultiple(attrs={"size": "10"}),
    )
    expected_n = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = [  # type: ignore[attr-defined]  # the catalogue is whole once all apps are
            (str(group.value), [(each.key, each.paper.title) for each in papers])
            for group, papers in groupby(all_papers(), key=lambda one: one.group)
        ]


class RetireForm(Once):
    """停用常用段落."""

    expected_n = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def form_of(kind: Any) -> type[PaperForm]:
    """The form class of a facts class."""
    hints = get_type_hints(kind)
    fields = {each.name: _field(each, hints[each.name]) for each in editable(kind)}
    return type(f"{kind.__name__}Form", (PaperForm,), fields)


def initial_of(facts: Any) -> dict[str, Any]:
    return {each.name: getattr(facts, each.name) for each in editable(type(facts))}


def _field(fact: dataclasses.Field[Any], hint: Any) -> forms.Field:
    meta = fact.metadata
    terms = {"label": meta["label"], "help_text": meta["hint"], "required": meta["required"]}
    if hint == date | None:
        return Day(**terms)
    if hint == Decimal | None:
        return Yuan(**terms)
    if hint == bool | None:
        return YesNo(**terms)
    if hint == tuple[str, ...]:
        return Lines(**(terms | {"help_text": meta["hint"] or "一行一项"}))
    if meta["choices"]:
        return Choice(words=meta["choices"], **terms)
    if hint is not str:
        raise TypeError(f"{fact.name}: no field for {hint}")
    return Text(**terms) if meta["is_long"] else Line(**terms)
