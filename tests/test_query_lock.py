"""What a query may not do: every way out of the published file is refused in one line, and leaves nothing behind."""

import sys
from pathlib import Path

import pytest
from conftest import CommandLine
from staged_records import ONE, TWO, run, stage

from bureau_metrics.settings import Home
from bureau_metrics.warehouse import (
    QueryError,
    QueryLimits,
    QueryTimeout,
    limited_process,
    open_read_only,
    query_to_parquet,
    run_query,
)

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"

# what is tried → words of the refusal
REFUSED = {
    "another database": ("ATTACH '{out}/other.duckdb'", "disabled"),
    "a database in memory": ("ATTACH ':memory:' AS other", "in-memory"),
    "copy out": ("COPY (SELECT 1) TO '{out}/stolen.csv'", "disabled"),
    "copy to a device": ("COPY (SELECT 1) TO '/dev/stdout'", "disabled"),
    "copy in": ("COPY etl_run FROM '/etc/passwd'", "disabled|read-only"),
    "export": ("EXPORT DATABASE '{out}/all'", "disabled"),
    "import": ("IMPORT DATABASE '{out}/all'", "disabled"),
    "read_csv": ("FROM read_csv('/etc/passwd')", "disabled"),
    "read_text": ("FROM read_text('/etc/passwd')", "disabled"),
    "read_blob": ("FROM read_blob('/etc/passwd')", "disabled"),
    "read_json": ("FROM read_json('{out}/a.json')", "disabled"),
    "read_parquet": ("FROM read_parquet('{out}/*.parquet')", "disabled"),
    "parquet_metadata": ("FROM parquet_metadata('{out}/a.parquet')", "disabled"),
    "sniff_csv": ("FROM sniff_csv('/etc/passwd')", "disabled"),
    "glob": ("FROM glob('/etc/*')", "disabled"),
    "a file by its name": ("FROM '/etc/passwd'", "passwd"),
    "an address": ("FROM 'https://example.org/a.csv'", "disabled|httpfs"),
    "a bucket": ("FROM 's3://bucket/a.parquet'", "disabled|httpfs"),
    "a query in a query": ("FROM query('FROM read_text(''/etc/passwd'')')", "disabled"),
    "a query as JSON": (
        "FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''/etc/passwd'')'))",
        "disabled",
    ),
    "a prepared one": ("PREPARE p AS FROM read_text('/etc/passwd')", "disabled"),
    "explained": ("EXPLAIN ANALYZE FROM read_text('/etc/passwd')", "disabled"),
    "install": ("INSTALL httpfs", "disabled"),
    "install from a folder": ("INSTALL spatial FROM '{out}'", "disabled"),
    "load": ("LOAD httpfs", "disabled"),
    "load a file": ("LOAD '{out}/evil.duckdb_extension'", "disabled"),
    "update extensions": ("UPDATE EXTENSIONS", "disabled"),
    "set": ("SET enable_external_access = true", "lock|Cannot"),
    "set global": ("SET GLOBAL memory_limit = '100GB'", "lock"),
    "set where to spill": ("SET temp_directory = '{out}'", "lock"),
    "unlock": ("SET lock_configuration = false", "lock"),
    "reset": ("RESET memory_limit", "lock"),
    "pragma": ("PRAGMA threads = 64", "lock"),
    "profile": ("PRAGMA profiling_output = '{out}/profile.json'", "lock"),
    "log": ("CALL enable_logging(storage = 'file', storage_path = '{out}/logs')", "lock"),
    "a secret": ("CREATE PERSISTENT SECRET s (TYPE http)", "disabled"),
    "the environment": ("SELECT getenv('HOME')", "getenv"),
    "a variable of Python": ("FROM secret_rows", "secret_rows"),
    "a table in the file": ("CREATE TABLE mine (a INTEGER)", "read-only"),
    "a view in the file": ("CREATE OR REPLACE VIEW observation AS SELECT 1", "read-only"),
    "a comment in the file": ("COMMENT ON VIEW observation IS 'mine'", "read-only"),
    "insert": ("INSERT INTO etl_run SELECT * FROM etl_run", "read-only"),
    "update": ("UPDATE fact_observation SET value = 0", "read-only"),
    "delete": ("DELETE FROM fact_observation", "read-only"),
    "drop": ("DROP VIEW cross_bureau", "read-only"),
    "two queries": ("SELECT 1; SELECT 2", "one query at a time"),
    "one behind another": ("SELECT 1; ATTACH '{out}/other.duckdb'", "one query at a time"),
    "one behind a setting": ("SET VARIABLE a = 1; ATTACH '{out}/other.duckdb'", "disabled"),
    "a lock behind a setting": ("SET threads = 64; SELECT 1", "lock"),
    "one behind a comment": ("SELECT 1 -- ;\n; DROP VIEW observation", "one query at a time"),
}

# what takes too much, under 1 second and 100 MB → the error
TOO_MUCH = {
    "endless recursion": (ENDLESS.format("count(*)"), QueryTimeout),
    "endless rows": (ENDLESS.format("i") + " WHERE i < 0", QueryTimeout),
    "a product of tables": (
        "SELECT sum(a.range * b.range) FROM range(1000000) AS a, range(1000000) AS b",
        QueryTimeout,
    ),
    "a sort": ("SELECT * FROM range(50000000) ORDER BY hash(range)", QueryError),
    "a set of texts": ("SELECT count(DISTINCT md5(CAST(range AS VARCHAR))) FROM range(20000000)", QueryError),
    "a list": ("SELECT list(range) FROM range(1000000000)", QueryError),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("lock")
    home = Home.at(folder / "home")
    run(home, stage(folder / "a", ONE))
    run(home, stage(folder / "b", TWO))
    return home


def files(*folders: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*")}


@pytest.mark.parametrize("name", REFUSED)
def test_every_way_out_is_refused_in_one_line(name: str, home: Home, command_line: CommandLine, tmp_path: Path) -> None:
    secret_rows = [(1,)]
    assert secret_rows
    sql, words = REFUSED[name]
    before = files(home.root, tmp_path)
    with pytest.raises(QueryError, match=f"(?i){words}") as raised:
        run_query(home, sql.format(out=tmp_path))
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 500
    outcome = command_line("query", sql.format(out=tmp_path), "--home", home.root)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1)
    assert files(home.root, tmp_path) == before


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_takes_too_much_is_stopped_and_leaves_nothing(name: str, home: Home) -> None:
    sql, error = TOO_MUCH[name]
    before = files(home.root)
    with pytest.raises(error) as raised:
        run_query(home, sql, limits=QueryLimits(seconds=1, memory="100MB"))
    assert "\n" not in str(raised.value)
    assert files(home.root) == before
    assert run_query(home, "SELECT count(*) FROM observation").rows == [(3,)]


@pytest.mark.skipif(sys.platform != "linux", reason="the process can be limited on Linux only")
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT repeat('x', 2000000000)",
        "SELECT repeat('x', 1000000) FROM range(3000)",
        "SELECT range(20000000) FROM range(20)",
    ],
)
def test_values_that_fill_the_memory_of_the_process_are_refused(home: Home, sql: str) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    limits = QueryLimits(seconds=60, memory="100MB")
    with limited_process(limits), pytest.raises(QueryError, match="needs more memory than its limit"):
        run_query(home, sql, limits=limits)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_parquet_file_is_no_way_round_the_limits(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with pytest.raises(QueryTimeout):
        query_to_parquet(home, ENDLESS.format("i") + " WHERE i < 0", path, limits=QueryLimits(seconds=0.5))
    with pytest.raises(QueryError, match="more than 10 rows"):
        query_to_parquet(home, "FROM range(11)", path, limits=QueryLimits(rows=10))
    with pytest.raises(QueryError, match="disabled"):
        query_to_parquet(home, "FROM read_text('/etc/passwd')", path)


def test_variables_may_be_set_before_the_query(home: Home) -> None:
    count = "SELECT count(*) FROM observation"
    assert run_query(home, f"SET VARIABLE as_of_run = 1; {count};").rows == [(2,)]
    assert run_query(
        home, f"SET VARIABLE as_of_run = $run; {count} WHERE value > $least", {"run": 1, "least": 0}
    ).rows == [(2,)]
    assert run_query(home, count).rows == [(3,)]


def test_a_cursor_of_the_connection_is_as_locked_as_the_connection(home: Home) -> None:
    with open_read_only(home) as connection, pytest.raises(QueryError, match="disabled"):
        run_query(connection, "FROM read_text('/etc/passwd')")


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"seconds": 0}, "more than 0"),
        ({"seconds": float("nan")}, "more than 0"),
        ({"seconds": 1e12}, "at most 86,400"),
        ({"memory": "lots"}, "500MB or 2GB"),
        ({"memory": "1GB; ATTACH 'x'"}, "500MB or 2GB"),
        ({"memory": "1KB"}, "at least 16MB"),
        ({"rows": 0}, "1 to 1,000,000,000"),
    ],
)
def test_what_is_no_limit_is_refused(limits: dict[str, object], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        QueryLimits(**limits)
