import factory

from core import clock
from mediation.models import Agreement, AgreementShare, Mediation, MediationDeadline, Mediator, Session
from tests.accounts.factories import OrganisationFactory
from tests.cases.factories import ClaimantFactory, case_of_office
from tests.deadlines.factories import DeadlineFactory


class MediatorFactory(factory.django.DjangoModelFactory):
    """A mediator of the roster without an account."""

    class Meta:
        model = Mediator

    organisation = factory.SubFactory(OrganisationFactory, mediation_body=True)
    name = factory.Sequence(lambda n: f"马调解员{n}")


class MediationFactory(factory.django.DjangoModelFactory):
    """检察和解 that runs, by the handler."""

    class Meta:
        model = Mediation

    case = factory.SubFactory("tests.cases.factories.CaseFactory", review=True)
    kind = Mediation.Kind.PROCURATORIAL
    started_on = factory.LazyFunction(clock.today)
    recorded_by = factory.SelfAttribute("case.handler")


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    mediation = factory.SubFactory(MediationFactory)
    held_on = factory.LazyFunction(clock.today)
    place = "第二调解室"
    attended = "双方到场"
    notes = "双方核对工资结算表。"
    result = "约定再次调解"
    recorded_by = factory.SelfAttribute("mediation.recorded_by")


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    mediation = factory.SubFactory(MediationFactory)
    made_on = factory.LazyFunction(clock.today)
    effective_on = factory.LazyFunction(clock.today)
    performance = "一次付清"
    recorded_by = factory.SelfAttribute("mediation.recorded_by")


class AgreementShareFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementShare

    agreement = factory.SubFactory(AgreementFactory)
    claimant = factory.SubFactory(ClaimantFactory, case=factory.SelfAttribute("..agreement.mediation.case"))
    amount = "5000.00"
    due_on = factory.LazyFunction(clock.today)


class MediationDeadlineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MediationDeadline

    mediation = factory.SubFactory(MediationFactory)
    deadline = factory.SubFactory(DeadlineFactory)


def running(cast, *, by_body=False, mediator="mediator", **traits) -> Mediation:
    """A mediation of a case of the cast's office; `by_body` gives it to `mediator`."""
    case = case_of_office(cast, **(traits or {"reviewed": True}))
    if not by_body:
        return MediationFactory(case=case)
    user = getattr(cast, mediator)
    entry = MediatorFactory(organisation=user.organisation, user=user, name=user.name)
    return MediationFactory(case=case, kind="peoples", mediator=entry)


def shares_of(mediation, *amounts):
    """Claimant → (yuan, day due), in the order of the case."""
    claimants = mediation.case.claimants.order_by("pk")
    return {claimant: (amount, clock.today()) for claimant, amount in zip(claimants, amounts, strict=True)}
