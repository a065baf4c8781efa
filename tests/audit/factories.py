import factory

from audit.models import Entry, Verb


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Entry

    actor = "李检察官"
    organisation = "150902"
    verb = Verb.SEARCH
    target_label = "案件"
