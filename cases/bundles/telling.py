"""告知: whoever asked for it hears that it is there; what was made is on record."""

from django.urls import reverse

from accounts.models import User
from audit import log
from audit.models import Verb
from cases.models import Bundle
from notifications.models import Notification

PAGES = {
    Bundle.Kind.BATCH: "cases:bundle",
    Bundle.Kind.MAIN_FILE: "cases:bundle",
    Bundle.Kind.INTERNAL_FILE: "cases:internal_bundle",
}


def page_of(bundle: Bundle) -> str:
    """Progress, then the files. 副卷 has an address of its own."""
    return reverse(PAGES[Bundle.Kind(bundle.kind)], args=[bundle.case.code, bundle.pk])


def done(bundle: Bundle, by: User) -> None:
    kind = Bundle.Kind(bundle.kind).label
    Notification.objects.deliver(
        [by],
        key=f"bundle-{bundle.pk}",
        title=f"{bundle.case}：{kind} PDF 已生成，{bundle.pages} 页",
        url=page_of(bundle),
    )
    log.record(by, Verb.EXPORT, f"{bundle.case} {kind}", bundle.pk, detail=f"生成，{bundle.pages} 页")
