from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import User
from deadlines.holidays import actions as holidays
from deadlines.models import (
    DeadlineCorrection,
    DeadlineRecount,
    DeadlineReopening,
    Holiday,
    HolidayChange,
    Recount,
    Term,
    TermChange,
)
from deadlines.terms import actions as rules
from deadlines.terms import words

BY_HAND = "管理后台修改"


def _whoever(request: HttpRequest) -> User:
    """Who sits at the admin; the site lets in superusers only."""
    assert isinstance(request.user, User)
    return request.user


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    """节假日: single days. A whole year is imported on the page 节假日; here too each change is on record."""

    list_display = ("day", "kind", "name")
    list_filter = ("kind",)
    date_hierarchy = "day"
    search_fields = ("name",)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Holiday, form: ModelForm, change: bool) -> None:
        before = {row.day: (row.kind, row.name) for row in Holiday.objects.filter(pk=obj.pk)}
        super().save_model(request, obj, form, change)
        after = {obj.day: (obj.kind, obj.name)}
        holidays.note_change(obj.day.year, notice=BY_HAND, added=after, removed=before, by=_whoever(request))

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Holiday) -> None:
        self._note_removed(request, [obj])
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Holiday]) -> None:
        self._note_removed(request, list(queryset))
        super().delete_queryset(request, queryset)

    def _note_removed(self, request: HttpRequest, rows: list[Holiday]) -> None:
        for row in rows:
            gone = {row.day: (row.kind, row.name)}
            holidays.note_change(row.day.year, notice=BY_HAND, added={}, removed=gone, by=_whoever(request))


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    """期限规则: also the general rows, which no office's page can change. Running deadlines keep their copy.

    Stages and pauses are edited on the page 期限规则, where they are checked.
    """

    list_display = ("code", "name", "organisation", "length", "unit", "kind", "confidence", "is_active")
    list_filter = ("kind", "confidence", "unit", "is_active")
    search_fields = ("code", "name", "trigger", "basis")
    list_select_related = ("organisation",)
    settled = ("code", "organisation", "unit")
    checked = ("stops", "pause_events", "stages")

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        return (*self.settled, *self.checked) if obj else self.checked

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm, change: bool) -> None:
        before = words.values_of(Term.objects.select_for_update().get(pk=obj.pk)) if change else {}
        if change and not form.has_changed():
            return
        obj.version += int(change)
        super().save_model(request, obj, form, change)
        rules.note_change(obj, before, by=_whoever(request), reason=BY_HAND)

    def has_delete_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        """Rules are switched off, not deleted: deadlines point to them."""
        return False


@admin.register(TermChange, HolidayChange, Recount, DeadlineRecount, DeadlineCorrection, DeadlineReopening)
class RecordAdmin(admin.ModelAdmin):
    """Records that only grow: to be looked at."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [field.name for field in self.model._meta.fields]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
