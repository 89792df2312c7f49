"""The embedded servers, with real processes: who starts them, who stops them, and what survives a `kill -9`."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NobodyAnswers

from khuyencong.embedded.home import EmbeddedError, Home
from khuyencong.embedded.postgres import Postgres
from khuyencong.embedded.valkey import Valkey

ROOT = Path(__file__).resolve().parents[2]
ATTACH = """
import os, sys, types
from pathlib import Path
sys.modules["khuyencong"] = types.ModuleType("khuyencong")  # the package itself would load Celery: a second each time
sys.modules["khuyencong"].__path__ = ["khuyencong"]
from khuyencong import embedded
var = Path(sys.argv[1])
print(embedded.database_url(var=var), embedded.redis_url(var=var), flush=True)
"""
STAY = "sys.stdin.read()"
FORK_A_CHILD_THAT_EXITS = """
if child := os.fork():
    os.waitpid(child, 0)
    print("the child has ended", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def var():
    """A folder that the servers' account can search, with a space and diacritics in its name."""
    with tempfile.TemporaryDirectory(prefix="khuyến công ", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def attach(var):
    """Start a process that attaches, then does `what`: by default it stays until its input ends."""
    with ExitStack() as processes:

        def start(what=STAY):
            command = [sys.executable, "-c", ATTACH + what, var]
            process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            return processes.enter_context(process)

        yield start


@contextmanager
def running(server):
    """The URL of a server that this process itself starts and stops."""
    server.home.claim()
    yield server.start()
    server.stop()


def urls(process):
    return process.stdout.readline().split()


def query(url, sql):
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def server_pid(var):
    return int((var / "main-postgres/data/postmaster.pid").read_text().split()[0])


def test_processes_that_start_at_once_share_the_servers_and_the_last_one_stops_them(var, attach):
    first, second = attach(), attach()
    database, queue = urls(first)
    assert urls(second) == [database, queue]

    first.communicate()
    assert query(database, "SELECT current_database()") == "khuyencong"
    assert Redis.from_url(queue).ping()

    second.communicate()
    assert not (var / "main-postgres/data/postmaster.pid").exists()
    assert not Path(database.partition("host=")[2]).exists()
    with pytest.raises(NobodyAnswers):
        Redis.from_url(queue).ping()


def test_a_forked_child_that_exits_leaves_the_servers_to_its_parent(attach):
    parent = attach(FORK_A_CHILD_THAT_EXITS)
    database, queue = urls(parent)

    assert parent.stdout.readline() == "the child has ended\n"

    assert query(database, "SELECT 1") == 1
    assert Redis.from_url(queue).ping()


def test_servers_outlive_a_killed_process_and_the_next_one_attaches_to_them(var, attach):
    killed = attach()
    before = urls(killed)
    pid = server_pid(var)

    killed.kill()
    killed.wait()

    assert urls(attach()) == before
    assert server_pid(var) == pid


def test_everything_killed_starts_again_with_its_data(var, attach):
    killed = attach()
    database, queue = urls(killed)
    query(database, "CREATE TABLE kept AS SELECT 418 AS number; SELECT 1")
    valkey = Redis.from_url(queue)
    valkey.set("kept", "job 418")
    valkey_pid = valkey.info("server")["process_id"]
    valkey.close()

    for pid in (killed.pid, server_pid(var), valkey_pid):
        os.kill(pid, signal.SIGKILL)
    killed.wait()
    database, queue = urls(attach())

    assert query(database, "SELECT number FROM kept") == 418
    assert Redis.from_url(queue, decode_responses=True).get("kept") == "job 418"


def test_a_killed_server_starts_again_although_its_number_belongs_to_another_program(var):
    server = Postgres(Home(var / "main-postgres"), durable=False)
    pid_file = server.home.data / "postmaster.pid"
    with running(server):
        left_behind = pid_file.read_text()
    account = {"user": server.home.uid} if server.home.account else {}

    with subprocess.Popen(["sleep", "60"], cwd="/", **account) as stranger:
        pid_file.write_text(re.sub(r"^\d+", str(stranger.pid), left_behind))
        assert server.url() is None
        with running(server) as url:
            assert query(url, "SELECT 1") == 1
        stranger.kill()


def test_a_broken_cluster_is_one_sentence_with_the_reason(var):
    server = Postgres(Home(var / "broken-postgres"), durable=False)
    server.home.claim()
    server.home.make_private(server.home.data)

    with pytest.raises(EmbeddedError) as refusal:
        server.start()

    assert re.fullmatch(r"Không khởi động được PostgreSQL ở \S.*: .*not a database cluster.*", str(refusal.value))


def test_another_program_on_the_port_is_not_taken_for_the_queue(var):
    server, stranger = (Valkey(Home(var / name), durable=False) for name in ("main-valkey", "other-valkey"))

    with running(stranger) as url:
        server.home.claim()
        (server.home.directory / "url").write_text(re.sub(r"\w+@", "another-password@", url))

        assert server.url() is None
        assert stranger.url() == url


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes folders that the servers' account cannot search")
def test_root_in_a_folder_that_the_account_cannot_search_keeps_the_data_elsewhere(tmp_path):
    (tmp_path / "root").mkdir(mode=0o700)
    server = Postgres(Home(tmp_path / "root/main-postgres"), durable=False)

    with running(server) as url:
        assert query(url, "SELECT 1") == 1

    assert (server.home.directory / "data").is_symlink()
    assert server.home.data.is_relative_to("/var/lib")
    shutil.rmtree(server.home.data.parent)
