"""The form every form of the project is."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template

from core.sentences import messages_for

STALE_PAGE = "本页已失效，请刷新后重新填写。"
TICKED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
HIDDEN = frozenset({"version", "submission_key"})


class Look(DjangoTemplates):
    """Forms and fields from templates/components, widgets as Django has them."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("components/"):
            return get_template(template_name)
        return super().get_template(template_name)


class Form(forms.Form):
    """Label-first sentences, our own look, one summary of what is wrong.

    `facts` is the cleaned data for the verb (without the hidden helpers); `notices` are sentences to show
    although nothing is wrong (an amount typed as 2.4万).
    """

    use_required_attribute = False
    default_renderer = Look

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            self._speak(field)

    def _speak(self, field: forms.Field) -> None:
        field.error_messages = messages_for(field, str(field.label or "这一项"))
        attributes = field.widget.attrs
        if not isinstance(field.widget, TICKED):
            attributes.setdefault("class", "inp")
        if field.required and not field.widget.is_hidden:
            attributes.setdefault("aria-required", "true")

    def left_out(self, name: str) -> bool:
        """Whether the post has no such input at all, not even an empty one."""
        field, key = self.fields[name], self.add_prefix(name)
        return field.widget.value_omitted_from_data(self.data, self.files, key)

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb gets: `verb(case, **form.facts, by=request.user)`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN}

    @property
    def error_summary(self) -> list[tuple[str, str]]:
        """(id of the input or "", sentence) in the order of the page; what concerns all comes first."""
        found = [("", str(sentence)) for sentence in self.non_field_errors()]
        for bound in self:
            target = "" if bound.is_hidden else self._first_input(bound)
            found += [(target, str(sentence)) for sentence in bound.errors]
        return found

    @property
    def notices(self) -> list[str]:
        """Sentences about values that were understood, but not literally as typed."""
        return [notice for field in self.fields.values() if (notice := getattr(field, "notice", ""))]

    @staticmethod
    def _first_input(bound: forms.BoundField) -> str:
        return bound.id_for_label or f"{bound.auto_id}_0"


class Versioned(Form):
    """A form on an editable row: `version` is the row's version when the page was made (409 when stale).

    A date that the post leaves out altogether stays as it is stored (`initial`): no page of ours, old bookmark or
    script erases a day of law by not naming it. A date that is there and blank is cleared where blank is allowed.
    """

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": STALE_PAGE, "invalid": STALE_PAGE, "min_value": STALE_PAGE},
    )

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        if not self.get_initial_for_field(self.fields["version"], "version"):
            return  # no row yet: `initial` is a suggestion, nothing is stored
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField) and self.left_out(name):
                stored = self.get_initial_for_field(field, name)
                if isinstance(stored, date):
                    self.errors.pop(name, None)
                    self.cleaned_data[name] = stored


class Once(Form):
    """A form that must not do its work twice: the key is made once for each page shown.

    A post without a key counts as a submission of its own.
    """

    submission_key = forms.UUIDField(
        required=False, initial=uuid4, widget=forms.HiddenInput, error_messages={"invalid": STALE_PAGE}
    )

    def clean_submission_key(self) -> str:
        return str(self.cleaned_data["submission_key"] or uuid4())
