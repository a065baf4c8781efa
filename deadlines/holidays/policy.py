"""Who keeps the table of holidays, which is one for all offices (ADR 0009)."""

from accounts.models import Organisation, User
from accounts.permissions import Permission, Role
from deadlines.terms.policy import why_not_change


def keeper() -> Organisation | None:
    """节假日主管院: the highest procuratorate that has an active system administrator; of equals the first by code."""
    admins = User.objects.active().filter(role=Role.SYSTEM_ADMIN)
    offices = Organisation.objects.procuratorates().filter(
        pk__in=admins.values("organisation"), is_active=True
    )
    return min(offices, key=lambda office: (office.path.count("/"), office.path), default=None)


def why_not_keep(user: User) -> str:
    """维护节假日、按节假日重算: they move the days of every office."""
    if not user.may(Permission.REFERENCE_MANAGE):
        return why_not_change(user)
    kept_by = keeper()
    if kept_by is None or kept_by.pk == user.organisation_id:
        return why_not_change(user)
    return f"节假日全国统一、所有单位共用，由 {kept_by} 的系统管理员维护和重算。需要修改请联系该院。"
