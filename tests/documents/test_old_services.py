"""Services of before 受送达人 were kept: every row is there afterwards, with an addressee, and back again."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.documents.factories import DocumentFactory

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = ("documents", "0006_issued_text_is_the_last"), ("documents", "0007_addressees_of_papers")
OF_CASES = ("cases", "0021_papers_up_for_approval")


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return executor.loader.project_state(list(targets)).apps


@pytest.fixture
def forward_again():
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_no_row_is_lost_forward_or_back(forward_again):
    document = DocumentFactory()
    old = migrate(OF_CASES, BEFORE)
    rows = old.get_model("documents", "Service").objects
    facts = {"document_id": document.pk, "recorded_by_id": document.created_by_id, "means": "post"}
    rows.create(addressee="王某", sent_on="2026-11-02", **facts)
    rows.create(addressee="王某", sent_on="2026-11-05", served_on="2026-11-07", **facts)
    rows.create(addressee="某公司", sent_on="2026-11-02", **facts)
    new = migrate(AFTER)
    made = new.get_model("documents", "Service").objects.order_by("pk")
    found = [
        (one.to.name, one.to.document_id, str(one.served_on), str(one.returned_on), bool(one.result_at))
        for one in made.select_related("to")
    ]
    assert found == [
        ("王某", document.pk, "None", "2026-11-02", True),
        ("王某", document.pk, "2026-11-07", "None", True),
        ("某公司", document.pk, "None", "None", False),
    ]
    back = migrate(OF_CASES, BEFORE).get_model("documents", "Service").objects.order_by("pk")
    assert [(one.addressee, one.document_id) for one in back] == [
        ("王某", document.pk),
        ("王某", document.pk),
        ("某公司", document.pk),
    ]
