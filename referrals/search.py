"""线索检索: code, sender, employer, project and names, with pinyin. ID numbers and phones are never in it."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from core.search import terms
from referrals.models import Referral


def refresh(referral: Referral) -> None:
    """Rebuild the search column after a submission."""
    texts = [referral.code, referral.sender, referral.unit_number, referral.employer_name]
    texts += [referral.project_name, referral.project_place, referral.contact_name]
    texts += list(referral.workers.values_list("name", flat=True))
    Referral.objects.filter(pk=referral.pk).update(search=SearchVector(Value(terms(*texts)), config="simple"))
