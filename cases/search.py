"""全文检索 of a case: number, names, companies, project, with pinyin. Terms are built here, never by SQL per row."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from cases.models import Case
from core.search import terms


def refresh(case: Case) -> None:
    """Rebuild the search column. ID numbers and phones are not in it (blind indexes find those)."""
    texts = [case.code, case.official_number, case.title, case.source_number, case.intended_court]
    texts += list(case.claimants.values_list("person__name", flat=True))
    texts += [respondent.name for respondent in case.respondents.select_related("company", "person")]
    if case.project:
        texts.append(case.project.name)
    Case.objects.filter(pk=case.pk).update(search=SearchVector(Value(terms(*texts)), config="simple"))
