import factory
from django.contrib.auth.hashers import make_password

from accounts.models import Absence, Deputy, Organisation, OrganisationKind, User
from accounts.permissions import Role
from core import clock

PASSWORD = "Zhichi-Demo-2026"
Kind = OrganisationKind


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A procuratorate unless a trait says otherwise; codes lie outside the real 150900 range."""

    class Meta:
        model = Organisation

    class Params:
        court = factory.Trait(kind=Kind.COURT, name=factory.Sequence(lambda n: f"示例{n}区人民法院"))
        legal_aid = factory.Trait(
            kind=Kind.LEGAL_AID, name=factory.Sequence(lambda n: f"示例{n}区法律援助中心")
        )
        labour_inspection = factory.Trait(
            kind=Kind.LABOUR_INSPECTION, name=factory.Sequence(lambda n: f"示例{n}区劳动保障监察大队")
        )
        mediation_body = factory.Trait(
            kind=Kind.MEDIATION_BODY, name=factory.Sequence(lambda n: f"示例{n}区人民调解委员会")
        )

    code = factory.Sequence(lambda n: f"99{n:04}")
    name = factory.Sequence(lambda n: f"示例{n}区人民检察院")
    abbreviation = factory.Sequence(lambda n: f"例{n}")
    kind = Kind.PROCURATORATE
    region_code = factory.Sequence(lambda n: f"99{n:04}")


class UserFactory(factory.django.DjangoModelFactory):
    """A prosecutor of a fresh office; one trait for each other role, with a fitting kind of unit."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        prosecutor = factory.Trait(role=Role.PROSECUTOR)
        assistant = factory.Trait(role=Role.ASSISTANT)
        clerk = factory.Trait(role=Role.CLERK)
        department_head = factory.Trait(role=Role.DEPARTMENT_HEAD)
        chief = factory.Trait(role=Role.CHIEF)
        supervisor = factory.Trait(role=Role.SUPERVISOR)
        partner = factory.Trait(
            role=Role.PARTNER, organisation=factory.SubFactory(OrganisationFactory, legal_aid=True)
        )
        mediator = factory.Trait(
            role=Role.MEDIATOR, organisation=factory.SubFactory(OrganisationFactory, mediation_body=True)
        )
        system_admin = factory.Trait(role=Role.SYSTEM_ADMIN)
        security_admin = factory.Trait(role=Role.SECURITY_ADMIN)
        auditor = factory.Trait(role=Role.AUDITOR)

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"示例人员{n}")
    role = Role.PROSECUTOR
    organisation = factory.SubFactory(OrganisationFactory)
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class DeputyFactory(factory.django.DjangoModelFactory):
    """Today's substitute of a department head."""

    class Meta:
        model = Deputy

    absent = factory.SubFactory(UserFactory, department_head=True)
    substitute = factory.SubFactory(UserFactory, organisation=factory.SelfAttribute("..absent.organisation"))
    starts_on = factory.LazyFunction(clock.today)
    ends_on = factory.LazyFunction(clock.today)
    reason = "外出培训"


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Away today; a colleague of the same unit is reminded too."""

    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    covered_by = factory.SubFactory(UserFactory, organisation=factory.SelfAttribute("..user.organisation"))
    starts_on = factory.LazyFunction(clock.today)
    ends_on = factory.LazyFunction(clock.today)
    reason = "年休假"
    created_by = factory.SelfAttribute("user")
