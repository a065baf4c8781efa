import factory

from jobs.models import Heartbeat, Job, SubmissionKey
from tests.accounts.factories import UserFactory


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    kind = "import"
    requested_by = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("requested_by.organisation")


class HeartbeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Heartbeat

    name = factory.Sequence(lambda n: f"sweep:work-{n}")


class SubmissionKeyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SubmissionKey

    user = factory.SubFactory(UserFactory)
    action = "referral.submit"
    key = factory.Faker("uuid4")
