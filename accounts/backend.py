from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class Backend(ModelBackend):
    """Password sign-in for people whose account and unit are both in use.

    Django asks `get_user` on every request, so a deactivated person or unit is out with the next click.
    """

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("organisation").filter(pk=user_id).first()
        return user if self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return user is not None and user.is_active and user.organisation.is_active
