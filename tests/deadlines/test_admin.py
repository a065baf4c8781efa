from datetime import date

import pytest
from django.contrib import admin
from django.forms import modelform_factory
from django.test import RequestFactory

from accounts.permissions import Role
from deadlines.models import Holiday, Term
from tests.accounts.factories import UserFactory


@pytest.fixture
def request_of_superuser():
    request = RequestFactory().get("/admin/")
    request.user = UserFactory(role=Role.SYSTEM_ADMIN, is_superuser=True, is_staff=True)
    return request


def test_changing_a_rule_raises_its_version(request_of_superuser):
    page = admin.site.get_model_admin(Term)
    term = Term.objects.get(code="P6a")
    form = modelform_factory(Term, fields=["length"])({"length": 20}, instance=term)
    assert form.is_valid()

    page.save_model(request_of_superuser, term, form, change=True)

    term.refresh_from_db()
    assert (term.length, term.version) == (20, 2)


def test_rules_are_switched_off_not_deleted(request_of_superuser):
    assert not admin.site.get_model_admin(Term).has_delete_permission(request_of_superuser)
    assert admin.site.get_model_admin(Holiday).has_delete_permission(request_of_superuser)


@pytest.mark.parametrize("model", [Holiday, Term])
def test_the_list_and_the_form_speak_chinese(request_of_superuser, model):
    page = admin.site.get_model_admin(model)
    labels = [field.label for field in page.get_form(request_of_superuser)().fields.values()]

    assert page.get_changelist_instance(request_of_superuser).result_count == model.objects.count()
    assert labels
    assert all(label > "\u4e00" for label in labels)


def test_a_new_year_is_entered_through_the_form(request_of_superuser):
    form = admin.site.get_model_admin(Holiday).get_form(request_of_superuser)
    assert form({"day": "2027-10-01", "kind": "off", "name": "国庆节"}).is_valid()

    monday = form({"day": "2027-02-01", "kind": "work", "name": "春节"})
    assert monday.errors["__all__"] == ["调休上班只能是周六或周日，请核对日期。"]
    assert date(2027, 2, 1).weekday() == 0
