import factory

from notifications.models import Notification
from tests.accounts.factories import UserFactory


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    recipient = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"occasion-{n}")
    title = "150902-2026-0016 审查期限剩 2 天（11-25）"
    url = "/desk/"
