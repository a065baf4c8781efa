"""What one submission writes: columns, workers, the frozen copy, the event, the search column."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from core import clock
from core.crypto import blind_index
from referrals import journal, search
from referrals.facts import ReferralFacts
from referrals.models import Referral, ReferralSubmission, ReferralWorker
from referrals.workflow import Act


def fill(referral: Referral, facts: ReferralFacts, *, act: Act, by: User, note: str = "") -> None:
    """Put the facts into a locked or new lead and write down the submission. `source` is set by the caller."""
    for name, value in facts.columns.items():
        if name != "source":
            setattr(referral, name, value)
    referral.typed = ""
    referral.submitted_by, referral.submitted_at = by, clock.now()
    journal.move(referral, act, by=by, note=note, whole=True)
    referral.workers.all().delete()
    ReferralWorker.objects.bulk_create(workers(referral, facts))
    ReferralSubmission.objects.create(
        referral=referral,
        n=referral.submissions.count() + 1,
        content=json.dumps(facts.as_dict(), cls=DjangoJSONEncoder, ensure_ascii=False),
        submitted_by=by,
        submitted_at=referral.submitted_at,
    )
    search.refresh(referral)


def workers(referral: Referral, facts: ReferralFacts) -> list[ReferralWorker]:
    """Unsaved rows of the list, in its order, with the blind index that finds a person again."""
    return [
        ReferralWorker(
            referral=referral,
            position=position,
            id_index=blind_index("person.id", worker.id_number) if worker.id_number else None,
            **vars(worker),
        )
        for position, worker in enumerate(facts.workers, start=1)
    ]
