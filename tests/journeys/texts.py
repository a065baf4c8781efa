"""What 正文核对 says of every text that there is, and of every paper as it would be drafted today;
which issued papers still wait for their service.
"""

from cases.models import Case
from cases.paperwork import agreeing
from cases.paperwork.catalogue import all_papers
from cases.paperwork.filling import filled
from cases.service.addressees import is_served
from cases.service.standing import is_complete
from documents import papers
from documents.models import Document


def slips_in_all_texts():
    """How many papers were tried, and what was found in them."""
    counted = [each for each in all_papers() if each.counted]
    tried = [
        (declared.key, filled(declared.paper.facts, case), case)
        for case in Case.objects.all()
        for declared in counted
    ]
    drafts = Document.objects.filter(case_link__isnull=False, status=Document.Status.DRAFT)
    for document in drafts.select_related("case_link__case"):
        tried.append((document.kind, papers.facts_of(document.latest), document.case_link.case))
    return len(tried), [slip for key, facts, case in tried for slip in agreeing.slips(key, facts, case)]


def unserved_papers():
    """Issued papers that are served on somebody and are not yet."""
    issued = [one for one in Document.objects.filter(status=Document.Status.ISSUED) if is_served(one)]
    assert len(issued) > 10
    return [str(one) for one in issued if not is_complete(one)]
