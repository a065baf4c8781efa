import factory

from notifications.models import Channel, Delivery, Notification, Preference
from tests.accounts.factories import OrganisationFactory, UserFactory


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    recipient = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"occasion-{n}")
    title = "150902-2026-0016 审查期限剩 2 天（11-25）"
    url = "/desk/"


class ChannelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Channel

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"工作群 {n}")
    kind = Channel.Kind.WECOM
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim-4711-abcd"
    topics = ("deadline", "escalation")
    created_by = factory.SubFactory(UserFactory)


class PreferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    class Params:
        failed = factory.Trait(status="failed", attempts=4, error="连不上邮件服务器。")

    notification = factory.SubFactory(NotificationFactory)
    kind = Delivery.Kind.MAIL
    key = factory.SelfAttribute("notification.key")
