"""The Django admin: for superusers, to look."""

import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import UserFactory
from tests.cast import client_for


@pytest.fixture
def superuser(office):
    return UserFactory(system_admin=True, organisation=office, is_superuser=True, is_staff=True)


@pytest.mark.parametrize("page", ["", "accounts/user/", "accounts/organisation/", "accounts/deputy/"])
def test_a_superuser_looks(superuser, page):
    assert client_for(superuser).get(f"/admin/{page}").status_code == 200


@pytest.mark.parametrize("page", ["accounts/user/add/", "accounts/organisation/add/"])
def test_nobody_opens_accounts_there(superuser, page):
    assert client_for(superuser).get(f"/admin/{page}").status_code == 403


def test_no_password_hash_is_shown(superuser, prosecutor):
    content = client_for(superuser).get(f"/admin/accounts/user/{prosecutor.pk}/change/").content.decode()

    assert "李检察官" in content
    assert prosecutor.password not in content


def test_it_has_no_sign_in_page_of_its_own(client, sysadmin):
    assert client.get("/admin/login/").headers["Location"].startswith("/login/?next=")
    assert client_for(sysadmin).get("/admin/login/").status_code == 404


@pytest.mark.parametrize("role", ["prosecutor", "clerk", "chief"])
def test_case_staff_are_never_superusers(office, role):
    with pytest.raises(IntegrityError, match="case_staff_is_no_superuser"), transaction.atomic():
        UserFactory(organisation=office, role=role, is_superuser=True)
