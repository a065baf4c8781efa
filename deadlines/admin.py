from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from deadlines.models import Holiday, Term


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    """节假日: enter the notice of the next year here, usually in November."""

    list_display = ("day", "kind", "name")
    list_filter = ("kind",)
    date_hierarchy = "day"
    search_fields = ("name",)


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    """期限规则: a change counts for periods that start from now on; running ones keep their copy."""

    list_display = ("code", "name", "organisation", "length", "unit", "kind", "confidence", "is_active")
    list_filter = ("kind", "confidence", "unit", "is_active")
    search_fields = ("code", "name", "trigger", "basis")
    list_select_related = ("organisation",)

    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm, change: bool) -> None:
        if change and form.has_changed():
            obj.version += 1
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Term | None = None) -> bool:
        """Rules are switched off, not deleted: deadlines point to them."""
        return False
