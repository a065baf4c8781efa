"""Cases in the admin: to look at only. They move on their own pages, where each act is checked and on record."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from cases.models import Case, CaseEvent


class LookOnly(admin.ModelAdmin):
    """Nothing is added, changed or deleted here."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Case)
class CaseAdmin(LookOnly):
    """案件 without its people: no names, facts or reasons."""

    list_display = (
        "code",
        "official_number",
        "stage",
        "organisation",
        "accepted_on",
        "decided_on",
        "closed_on",
    )
    list_filter = ("stage", "organisation")
    search_fields = ("code", "official_number")
    list_select_related = ("organisation",)
    exclude: ClassVar = ("title", "facts", "request", "search")


@admin.register(CaseEvent)
class CaseEventAdmin(LookOnly):
    """流程记录 without its notes."""

    list_display = ("case_code", "kind", "from_stage", "to_stage", "happened_at")
    list_filter = ("kind",)
    list_select_related = ("case",)
    exclude: ClassVar = ("note",)

    @admin.display(description="内部编号")
    def case_code(self, event: CaseEvent) -> str:
        return event.case.code
