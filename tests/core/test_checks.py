"""What must be right before the program starts."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from core import checks, ciphers, keys


@pytest.fixture
def where(tmp_path, settings):
    settings.FIELD_KEYS_FILE = str(tmp_path / "folder" / "keys.json")
    keys.forget()
    yield keys.path()
    keys.forget()


def ids(problems):
    return [problem.id for problem in problems]


def test_a_missing_key_file_is_made_on_first_use_with_strict_rights(where):
    assert checks.key_file() == []
    assert not where.exists()

    keys.ring()

    assert where.stat().st_mode & 0o777 == 0o400
    assert checks.key_file() == []


def test_in_production_a_missing_key_file_stops_the_start(where, settings):
    settings.FIELD_KEYS_CREATE = False

    assert ids(checks.key_file()) == ["core.E902"]
    with pytest.raises(ImproperlyConfigured, match="field_keys create"):
        keys.ring()


def test_a_key_file_that_others_may_read_stops_the_start(where):
    keys.create(where)
    where.chmod(0o440)

    assert ids(checks.key_file()) == ["core.E902"]


@pytest.mark.parametrize("content", ["{", "[]", '{"current": 1, "index": 1, "keys": {}}', '{"keys": 3}'])
def test_a_broken_key_file_stops_the_start(where, content):
    where.parent.mkdir()
    where.write_text(content)
    where.chmod(0o400)

    assert ids(checks.key_file()) == ["core.E902"]


def test_many_processes_at_once_make_one_key_file(where):
    def make_and_read(_):
        keys.create(where)
        return where.read_text()

    with ThreadPoolExecutor(8) as pool:
        contents = set(pool.map(make_and_read, range(24)))

    assert contents == {where.read_text()}
    assert len(json.loads(where.read_text())["keys"]) == 1
    assert list(where.parent.iterdir()) == [where]


def test_the_command_makes_and_rotates_but_never_overwrites(where, capsys):
    call_command("field_keys", "create")
    first = keys.ring().keys
    call_command("field_keys", "rotate")

    assert keys.ring().current == 2
    assert keys.ring().keys[1] == first[1]
    with pytest.raises(CommandError, match="已存在"):
        call_command("field_keys", "create")


def test_the_command_rotates_nothing_where_nothing_is(where):
    with pytest.raises(CommandError, match="先用 create"):
        call_command("field_keys", "rotate")


def test_another_time_zone_stops_the_start(settings):
    assert checks.clock_settings() == []

    settings.TIME_ZONE = "UTC"

    assert ids(checks.clock_settings()) == ["core.E907"]


def test_a_machine_that_computes_wrongly_stops_the_start(monkeypatch):
    assert checks.known_answers() == []

    monkeypatch.setattr(ciphers, "_sm3_vector", lambda: False)

    assert ids(checks.known_answers()) == ["core.E908"]


def test_a_machine_without_sm4_gcm_falls_back(monkeypatch):
    monkeypatch.setattr(ciphers, "_gcm_vector", lambda: False)

    assert ciphers.preferred.__wrapped__() == ciphers.SM4_CTR_HMAC
