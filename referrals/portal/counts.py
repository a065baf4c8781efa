from accounts.models import User
from accounts.navigation import Tally, how_many
from referrals.models import Referral
from referrals.workflow import Status


def returned_count(user: User) -> Tally:
    """待补正 of the unit, the number beside 我的移送."""
    return how_many(Referral.objects.visible_to(user).filter(status=Status.RETURNED), hot=True)
