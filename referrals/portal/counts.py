from accounts.models import User
from referrals.models import Referral
from referrals.workflow import Status


def returned_count(user: User) -> tuple[int, bool]:
    """待补正 of the unit, the number beside 我的移送."""
    number = Referral.objects.visible_to(user).filter(status=Status.RETURNED).count()
    return number, bool(number)
