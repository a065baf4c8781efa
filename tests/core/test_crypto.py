"""Encrypted columns: what lies in the database, what opens, what must not (T63)."""

import logging

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value

from core import ciphers, crypto, keys
from core.crypto import Sealed, Tampered, blind_index
from tests.core.sealed import Misplaced, Worker

ID = "11010519491231002X"
PHONE = "13800002201"


@pytest.fixture(autouse=True)
def _own_keys(tmp_path, settings):
    settings.FIELD_KEYS_FILE = str(tmp_path / "keys.json")
    keys.forget()
    yield
    keys.forget()


@pytest.fixture(autouse=True)
def _table(_db):
    with connection.schema_editor() as editor:
        editor.create_model(Worker)


@pytest.fixture
def worker():
    return Worker.objects.create(name="王建国", id_number=ID, phone=PHONE)


def stored(worker, column="id_number"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM core_worker WHERE id = %s", [worker.pk])
        return bytes(cursor.fetchone()[0])


def store(worker, sealed, column="id_number"):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE core_worker SET {column} = %s WHERE id = %s", [sealed, worker.pk])


def test_the_database_holds_no_clear_text_and_the_object_reads_it(worker):
    assert ID.encode() not in stored(worker)
    assert Worker.objects.get().id_number == ID
    assert Worker.objects.only("name").get().phone == PHONE


def test_the_format_is_version_algorithm_key_nonce_text_tag(worker):
    sealed = stored(worker)

    assert sealed[:4] == bytes([1, ciphers.SM4_GCM, 0, 1])
    assert len(sealed) == 4 + 12 + len(ID) + 16


def test_the_same_text_never_looks_the_same():
    assert len({crypto.encrypt("id", "p", ID)[4:16] for _ in range(2000)}) == 2000


def test_an_untouched_column_is_neither_opened_nor_written_anew(worker, monkeypatch):
    before = stored(worker)
    fresh = Worker.objects.get()
    monkeypatch.setattr(crypto, "decrypt", None)

    fresh.name = "王建"
    fresh.save()

    assert stored(worker) == before


def test_empty_stays_empty_and_null_stays_null():
    Worker.objects.create(name="李", id_number="", phone=None)

    assert (Worker.objects.get().id_number, Worker.objects.get().phone) == ("", None)
    assert Worker.objects.filter(phone__isnull=True).count() == 1


def test_bulk_create_seals_too():
    Worker.objects.bulk_create([Worker(name=str(n), id_number=f"{n}") for n in range(3)])

    assert sorted(worker.id_number for worker in Worker.objects.all()) == ["0", "1", "2"]


def test_a_ciphertext_moved_to_another_row_does_not_open(worker, caplog):
    other = Worker.objects.create(name="刘", id_number="440524188001010014")
    store(other, stored(worker))

    with pytest.raises(Tampered), caplog.at_level(logging.ERROR):
        _ = Worker.objects.get(pk=other.pk).id_number
    assert f"core.worker.id_number|{other.pk}" in caplog.text
    assert ID not in caplog.text


def test_a_ciphertext_moved_to_another_column_does_not_open(worker):
    store(worker, stored(worker, "phone"))

    with pytest.raises(Tampered):
        _ = Worker.objects.get().id_number


@pytest.mark.parametrize("place", [0, 1, 3, 4, 15, 16, 20, -1])
def test_any_flipped_byte_is_noticed(worker, place):
    sealed = bytearray(stored(worker))
    sealed[place] ^= 1
    store(worker, bytes(sealed))

    with pytest.raises(Tampered):
        _ = Worker.objects.get().id_number


@pytest.mark.parametrize("sealed", [b"\x01", b"\x01\x01\x00\x01", b"\x01\x01\x00\x01" + bytes(27)])
def test_a_stump_is_refused(sealed):
    with pytest.raises(Tampered):
        crypto.decrypt("id", "p", sealed)


@pytest.mark.parametrize(
    "query",
    [
        lambda rows: list(rows.values("id_number")),
        lambda rows: list(rows.values_list("name", "id_number")),
        lambda rows: list(rows.values()),
        lambda rows: list(rows.annotate(clear=F("id_number"))),
        lambda rows: rows.update(id_number=ID),
        lambda rows: rows.update(id_number=F("phone")),
        lambda rows: rows.update(id_number=Value(ID)),
        lambda rows: rows.filter(id_number=ID).exists(),
        lambda rows: rows.filter(id_number__in=[ID]).exists(),
        lambda rows: rows.exclude(id_number__contains="1").exists(),
        lambda rows: rows.bulk_update(list(rows.all()), ["id_number"]),
    ],
)
def test_queries_that_would_go_round_the_seal_are_refused(worker, query):
    with pytest.raises(TypeError, match="加密字段"), transaction.atomic():
        query(Worker.objects)
    assert Worker.objects.get().id_number == ID


def test_encrypted_columns_cannot_be_dumped(worker):
    with pytest.raises(TypeError, match="dumpdata"):
        Worker._meta.get_field("id_number").value_to_string(worker)


def test_a_table_without_uuid_key_is_refused_by_the_checks():
    assert [problem.id for problem in Misplaced._meta.get_field("id_number").check()] == ["core.E910"]
    assert Worker._meta.get_field("id_number").check() == []


def test_a_new_key_writes_and_the_old_one_still_reads(worker, settings):
    keys.rotate(keys.path())
    Worker.objects.create(name="刘", id_number="新")

    assert {worker.id_number for worker in Worker.objects.all()} == {ID, "新"}
    assert stored(Worker.objects.get(name="刘"))[2:4] == b"\x00\x02"
    assert stored(worker)[2:4] == b"\x00\x01"


def test_a_saved_row_moves_to_the_new_key(worker):
    keys.rotate(keys.path())
    fresh = Worker.objects.get()
    assert fresh.id_number == ID

    fresh.save()

    assert stored(worker)[2:4] == b"\x00\x02"
    assert Worker.objects.get().id_number == ID


def test_without_the_old_key_reading_fails_loudly(worker):
    keys.path().unlink()
    keys.forget()
    keys.create(keys.path())

    with pytest.raises(Tampered):
        _ = Worker.objects.get().id_number


@pytest.mark.parametrize("algorithm", ciphers.KEY_BYTES)
def test_every_algorithm_opens_what_it_sealed_and_nothing_else(algorithm):
    key, nonce = bytes(range(ciphers.KEY_BYTES[algorithm])), bytes(12)
    sealed = ciphers.seal(algorithm, key, nonce, ID.encode(), b"here")

    assert ciphers.unseal(algorithm, key, nonce, sealed, b"here") == ID.encode()
    assert ID.encode() not in sealed
    for wrong in (sealed[:-1] + bytes([sealed[-1] ^ 1]), bytes([sealed[0] ^ 1]) + sealed[1:], b""):
        with pytest.raises(Tampered):
            ciphers.unseal(algorithm, key, nonce, wrong, b"here")
    with pytest.raises(Tampered):
        ciphers.unseal(algorithm, key, nonce, sealed, b"there")


def test_without_sm4_gcm_new_values_use_the_fallback_and_old_ones_read(worker, monkeypatch):
    monkeypatch.setattr(ciphers, "preferred", lambda: ciphers.SM4_CTR_HMAC)
    other = Worker.objects.create(name="刘", id_number=ID)

    assert stored(other)[1] == ciphers.SM4_CTR_HMAC
    assert [each.id_number for each in Worker.objects.all()] == [ID, ID]


def test_the_blind_index_finds_the_same_number_in_any_spelling():
    index = blind_index("id", ID)

    assert len(index) == 32
    assert blind_index("id", " １１０１０５-19491231 002ｘ") == index
    assert blind_index("phone", "+86 138-0000-2201") == blind_index("phone", PHONE)


def test_the_blind_index_depends_on_field_and_key(tmp_path, settings):
    index = blind_index("id", PHONE)
    assert blind_index("phone", PHONE) != index

    settings.FIELD_KEYS_FILE = str(tmp_path / "other.json")
    assert blind_index("id", PHONE) != index


def test_the_blind_index_stays_when_the_key_is_rotated():
    index = blind_index("id", ID)

    keys.rotate(keys.path())

    assert blind_index("id", ID) == index


def test_the_blind_index_keeps_one_person_one_row():
    Worker.objects.create(name="王", id_number=ID, id_index=blind_index("id", ID))

    with pytest.raises(IntegrityError), transaction.atomic():
        Worker.objects.create(name="王", id_number=ID, id_index=blind_index("id", ID.lower()))


def test_the_migration_knows_the_purpose():
    field = Worker._meta.get_field("id_number")

    assert field.clone().purpose == "id"
    assert isinstance(field.get_prep_value(Sealed(b"x")), Sealed)
