from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import Deputy, Organisation, User

admin.site.unregister(Group)


class LookOnly(admin.ModelAdmin):
    """Accounts and units are changed on their own pages, where the change is checked and put on record."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(LookOnly):
    list_display = ("name", "kind", "code", "region_code", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "code")


@admin.register(User)
class UserAdmin(LookOnly):
    list_display = ("name", "username", "role", "organisation", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("name", "username")
    exclude = ("password",)


@admin.register(Deputy)
class DeputyAdmin(LookOnly):
    list_display = ("absent", "substitute", "starts_on", "ends_on", "revoked_at")
