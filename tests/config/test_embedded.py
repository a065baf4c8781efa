import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from config import embedded
from config.embedded import Cluster


@pytest.fixture
def folder():
    """A folder that the server's user may enter; pytest's own are closed to others."""
    made = Path(tempfile.mkdtemp(prefix="zhichi-test-", dir="/var/tmp"))
    made.chmod(0o755)
    yield made / "postgres"
    shutil.rmtree(made)


def test_data_stay_over_a_restart_and_the_second_user_does_not_stop_the_first(folder):
    first = Cluster(folder, say=list)
    url = first.start()
    with psycopg.connect(url) as link:
        link.execute("create table kept (n int)")
    second = Cluster(folder, say=list)
    assert second.start() == url

    second.stop()
    with psycopg.connect(url) as link:
        assert link.execute("select count(*) from kept").fetchone() == (0,)
    first.stop()

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert first.start() == url
    first.stop()


def test_nobody_else_reaches_the_socket(folder):
    cluster = Cluster(folder, say=list)
    cluster.start()

    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.glob(".s.PGSQL.*"))
    cluster.stop()


def test_a_path_too_long_for_a_socket_falls_back_to_the_temporary_folder(tmp_path):
    deep = tmp_path / ("长" * 40) / "postgres"

    assert embedded.home_of(deep).parent == embedded.FALLBACK
    assert embedded.url(deep).endswith(f"?host={embedded.home_of(deep)}")


@pytest.mark.skipif(not embedded.by_root(), reason="only root runs the server as somebody else")
def test_a_folder_closed_to_the_servers_user_falls_back_too(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    assert embedded.home_of(closed / "postgres").parent == embedded.FALLBACK


@pytest.mark.skipif(not embedded.by_root(), reason="needs root to give a folder away")
def test_a_folder_that_another_user_laid_out_is_refused(folder):
    folder.mkdir()
    os.chown(folder, 65534, 65534)

    with pytest.raises(RuntimeError, match="属于别的用户"):
        Cluster(folder, say=list).start()
