"""Who gets what: 404 outside one's scope, 403 inside it. The two doors that every view goes through."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from accounts.http import Request
from accounts.models import User
from accounts.permissions import PERMISSION_NAMES, Permission, roles_that_may
from audit.log import record
from audit.models import Verb

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]


def get_or_404(queryset: QuerySet[M], user: User, request: HttpRequest | None = None, **lookup: Any) -> M:
    """The object through the user's own queryset, else 404, the same as for an object that never was.

    A look at something that exists outside the scope goes into the audit log; the log names the kind, not the object.
    """
    try:
        return queryset.get(**lookup)
    except ObjectDoesNotExist:
        if queryset.model._base_manager.filter(**lookup).exists():
            name = str(queryset.model._meta.verbose_name)
            record(user, Verb.DENIED, name, detail="不在可见范围内", request=request)
    except (ValueError, TypeError, ValidationError):
        pass  # an address that no object can have
    raise Http404


def require(*permissions: Permission) -> Callable[[View], View]:
    """Let in whoever holds one of these permissions; the others get 403 with a sentence whom to ask."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            demand(request.user, *permissions, request=request)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def demand(user: User, *permissions: Permission, request: HttpRequest | None = None) -> None:
    """Raise 403 unless the user holds one of these permissions; being refused is on record."""
    if any(user.may(permission) for permission in permissions):
        return
    record(user, Verb.DENIED, PERMISSION_NAMES[permissions[0]], detail="没有权限", request=request)
    raise PermissionDenied(whom_to_ask(permissions[0], user))


def whom_to_ask(permission: Permission, user: User) -> str:
    """The sentence of the 403 page: what is missing, and which roles have it; guests ask the procuratorate."""
    if not user.organisation.is_procuratorate:
        return f"你没有“{PERMISSION_NAMES[permission]}”的权限。需要了解办理情况请联系检察院。"
    roles = "、".join(role.label for role in roles_that_may(permission))
    return f"你没有“{PERMISSION_NAMES[permission]}”的权限。需要办理请联系本单位的{roles}。"
