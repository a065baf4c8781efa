"""Who hears of a mediation. Texts carry no personal data."""

from mediation.models import Mediation
from notifications.models import Notification


def tell_mediator(mediation_id: int) -> int:
    """Tell the mediator that a mediation was given to them; once, however often it runs."""
    mediation = Mediation.objects.select_related("mediator__user").get(pk=mediation_id)
    if mediation.mediator is None or mediation.mediator.user is None:
        return 0
    return Notification.objects.deliver(
        [mediation.mediator.user],
        key=f"mediation-{mediation.pk}",
        title=f"有一件{mediation.get_kind_display()}交给你主持",
        url=mediation.get_absolute_url(),
    )


def sweep() -> int:
    """Running mediations whose mediator was not told because the nudge was lost."""
    running = Mediation.objects.filter(status=Mediation.Status.RUNNING, mediator__user__isnull=False)
    return sum(tell_mediator(pk) for pk in running.values_list("pk", flat=True))
