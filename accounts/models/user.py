from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q

from accounts.models.organisation import Organisation
from accounts.permissions import ADMIN_ROLES, GRANTS, LEADERS, OFFICE_ROLES, Permission, Role


class Theme(models.TextChoices):
    """主题."""

    AUTO = "auto", "跟随系统"
    LIGHT = "light", "浅色"
    DARK = "dark", "深色"


class Density(models.TextChoices):
    """列表密度."""

    NORMAL = "normal", "标准"
    COMFORTABLE = "comfortable", "宽松"
    COMPACT = "compact", "紧凑"


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def handlers_of(self, office: Organisation) -> "UserQuerySet":
        """Who may be 承办人 of this office's cases."""
        return self.active().filter(organisation=office, role__in=[Role.PROSECUTOR, Role.DEPARTMENT_HEAD])

    def in_role(self, office: Organisation, *roles: Role) -> "UserQuerySet":
        return self.active().filter(organisation=office, role__in=roles)

    def visible_to(self, user: "User") -> "UserQuerySet":
        """Colleagues of one's own unit; an account administrator sees the whole subtree."""
        if user.may(Permission.ACCOUNTS_MANAGE) or user.may(Permission.RIGHTS_MANAGE):
            return self.filter(organisation__path__startswith=user.organisation.path)
        return self.filter(organisation=user.organisation)


class Users(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's manager (create_user) with our vocabulary."""


class User(AbstractUser):
    """用户: one person, one account, one role, one unit. What the role may do is in `accounts.permissions`."""

    first_name = None  # type: ignore[assignment]  # Chinese names are one field
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=40)
    role = models.CharField("角色", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="users", verbose_name="单位"
    )
    department = models.CharField("部门", max_length=40, blank=True)
    phone = models.CharField("办公电话", max_length=20, blank=True)
    theme = models.CharField("主题", max_length=10, choices=Theme, default=Theme.AUTO)
    density = models.CharField("列表密度", max_length=12, choices=Density, default=Density.NORMAL)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    last_seen = models.DateTimeField("最近活动", null=True, blank=True, editable=False)

    objects: ClassVar[Users] = Users()
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role", "organisation"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ["organisation_id", "pk"]
        indexes = [models.Index(fields=["organisation", "role"], name="user_by_role")]
        constraints = [
            models.CheckConstraint(
                name="user_role_is_known",
                condition=Q(role__in=Role.values),
                violation_error_message="角色不在列表里，请重新选择。",
            ),
            models.CheckConstraint(
                name="case_staff_is_no_superuser",
                condition=Q(is_superuser=False) | ~Q(role__in=sorted(OFFICE_ROLES)),
                violation_error_message="办案人员不能同时是超级用户。",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in GRANTS.get(Role(self.role), frozenset())

    @property
    def is_office_staff(self) -> bool:
        return self.role in OFFICE_ROLES

    @property
    def leads(self) -> bool:
        return self.role in LEADERS

    @property
    def is_partner(self) -> bool:
        return self.role == Role.PARTNER

    @property
    def is_admin_role(self) -> bool:
        return self.role in ADMIN_ROLES
