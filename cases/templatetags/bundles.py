"""Addresses of bundles: those of 副卷 are others than those of all else."""

from django import template
from django.urls import reverse

from cases.models import Bundle, Case

register = template.Library()
INTERNAL = Bundle.Kind.INTERNAL_FILE
STARTS = {
    Bundle.Kind.BATCH: "cases:batch",
    Bundle.Kind.MAIN_FILE: "cases:file",
    Bundle.Kind.INTERNAL_FILE: "cases:internal_file",
}


@register.simple_tag
def bundle_url(bundle: Bundle, case: Case, deed: str = "") -> str:
    """The page of the bundle, or where it is cancelled or removed."""
    family = "internal" if bundle.kind == INTERNAL else "bundle"
    name = f"{family}_{deed}" if deed else "internal_bundle" if family == "internal" else "bundle"
    return reverse(f"cases:{name}", args=[case.code, bundle.pk])


@register.simple_tag
def bundle_file_url(bundle: Bundle, case: Case, kind: str) -> str:
    if bundle.kind == INTERNAL:
        return reverse("cases:internal_pdf", args=[case.code, bundle.pk])
    return reverse("cases:bundle_file", args=[case.code, bundle.pk, kind])


@register.simple_tag
def bundle_start_url(bundle: Bundle, case: Case) -> str:
    """Where such bundles are begun."""
    return reverse(STARTS[Bundle.Kind(bundle.kind)], args=[case.code])
