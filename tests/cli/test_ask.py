"""`ask`: what is printed where, and the exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import FOR_THE_MODEL, Datachat, Done

Ask = Callable[..., Done]


@pytest.fixture
def ask(datachat: Datachat, shop: Path) -> Ask:
    """Asks the shop."""
    return lambda *arguments, **more: datachat("ask", *arguments, "--db", shop, **more)


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], str]:
    """Writes a model that replies as the YAML says, and names it."""

    def write(text: str) -> str:
        (tmp_path / "model.yaml").write_text(text)
        return f"scripted:{tmp_path / 'model.yaml'}"

    return write


def test_an_answer_for_people(ask: Ask) -> None:
    done = ask("Show 2 rows of customers")
    lines = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    assert lines[0].startswith("2 rows.")
    assert "|   1 | Ada  | " in done.out
    assert lines[-1].startswith("conversation ")
    assert len(lines[-1].split()) == 2
    assert "\x1b" not in done.out


def test_an_answer_for_programs(ask: Ask) -> None:
    done = ask("How many rows are in customers?", "--json")
    found = json.loads(done.out)
    assert (found["status"], found["rows"], found["database"], done.err) == ("answered", [[3]], "shop", "")


def test_the_question_may_come_from_stdin(ask: Ask) -> None:
    assert "Row count: 3." in ask("-", stdin="How many rows\nare in customers?\n").out


def test_a_clarification_says_how_to_reply(ask: Ask, datachat: Datachat) -> None:
    done = ask("How many rows are in stock?")
    conversation = done.out.splitlines()[-1].split()[1]
    assert (done.code, "1. " in done.out) == (3, True)
    assert f'ask "1" --conversation {conversation}' in done.err
    reply = ask("1", "--conversation", conversation)
    assert (reply.code, "stock_north" in reply.out) == (0, True)


def test_without_a_model_it_abstains(ask: Ask) -> None:
    done = ask(FOR_THE_MODEL)
    assert (done.code, "needs a model" in done.out) == (4, True)


def test_a_plan_answers_without_a_model(ask: Ask) -> None:
    found = json.loads(ask("What is the average balance?", "--json").out)
    assert (found["source"], found["rows"][0][0]) == ("plan", pytest.approx(12.5 / 3))
    assert found["usage"]["llm_calls"] == 0


def test_a_model_answers(ask: Ask, script: Callable[[str], str]) -> None:
    model = script("replies:\n  - sql: SELECT avg(balance) AS average FROM customers\n    confidence: 0.9\n")
    done = ask(FOR_THE_MODEL, "--model", model, "--trace")
    assert (done.code, "1 model call" in done.out, "sql_agent" in done.out) == (0, True, True)


def test_what_the_gate_refuses_has_code_5(ask: Ask, script: Callable[[str], str]) -> None:
    done = ask(FOR_THE_MODEL, "--model", script("replies:\n  - sql: DELETE FROM customers\n"))
    assert done.code == 5
    assert "Error: " in done.err


def test_a_doubtful_statement_waits_with_code_6(ask: Ask, script: Callable[[str], str]) -> None:
    model = script("replies:\n  - sql: SELECT avg(balance) AS average FROM customers\n    confidence: 0.3\n")
    done = ask(FOR_THE_MODEL, "--model", model)
    conversation = done.out.splitlines()[-1].split()[1]
    assert (done.code, f'ask "run" --conversation {conversation}' in done.err) == (6, True)
    assert ask("run", "--conversation", conversation, "--model", model).code == 0


def test_a_statement_that_takes_too_long_has_code_8(ask: Ask, script: Callable[[str], str]) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n, customers"
    model = script(f"replies:\n  - sql: {endless}\n    confidence: 0.9\n")
    done = ask("What is the largest number?", "--model", model, DATACHAT_LIMITS__SECONDS="0.3")
    assert (done.code, "took longer" in done.err) == (8, True)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("", 2),
        ("  ", 2),
        ("😀🎉", 2),
        ("how many rows " * 7_200, 2),
        ("¿Cuántos clientes hay?", 4),
        ("list tables \udcff", 0),
    ],
)
def test_odd_questions(ask: Ask, question: str, code: int) -> None:
    done = ask(question)
    assert (done.code, bool(done.out) == (code != 2), bool(done.err) == (code == 2)) == (code, True, True)


@pytest.mark.parametrize("raw", [b"list\0tables", b"list tables \xff\xfe"])
def test_bytes_that_are_no_text_are_survived(ask: Ask, raw: bytes) -> None:
    assert ask("-", stdin=raw).code in (0, 4)


@pytest.mark.parametrize(
    ("database", "code", "said"),
    [
        ("nowhere", 2, "no database named 'nowhere'"),
        ("nowhere.csv", 2, "nowhere.csv"),
        ("foo://u:hunter2@h/d", 2, "Unknown kind of database: foo"),
        ("postgresql://u:hunter2@127.0.0.1:1/d", 7, "127.0.0.1:1"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_databases_that_cannot_be_asked(datachat: Datachat, database: str, code: int, said: str, as_json: bool) -> None:
    done = datachat("ask", "list tables", "--db", database, *["--json"] * as_json)
    told = done.out if as_json else done.err
    assert (done.code, said in told, "hunter2" in done.out + done.err) == (code, True, False)
    assert bool(done.out) == as_json


@pytest.mark.parametrize(
    ("variables", "code", "said"),
    [
        ({"DATACHAT_MODEL": "openai:x", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, 7, "127.0.0.1:1"),
        ({"DATACHAT_MODEL": "openai:x"}, 2, "OPENAI_API_KEY"),
        ({"DATACHAT_MODEL": "foo:x"}, 2, "unknown model provider"),
        ({"DATACHAT_MODEL": "x"}, 2, "provider:model"),
        ({"DATACHAT_PORT": "many"}, 2, "DATACHAT_PORT"),
        ({"SYSTEM_DATABASE_URL": "postgresql://u:hunter2@127.0.0.1:1/d"}, 7, "system database"),
        ({"SYSTEM_DATABASE_URL": "mysql://u:hunter2@h/d"}, 2, "not a PostgreSQL URL"),
        ({"DATABASE_CREDENTIALS_KEY": "hunter2"}, 2, "DATABASE_CREDENTIALS_KEY"),
        ({"SYSTEM_DATABASE_URL": "", "DATACHAT_HOME": "/proc/nowhere"}, 7, "/proc/nowhere"),
    ],
)
def test_settings_that_do_not_work(ask: Ask, variables: dict[str, str], code: int, said: str) -> None:
    done = ask(FOR_THE_MODEL, **variables)
    assert (done.code, said in done.err, "hunter2" in done.err, done.out) == (code, True, False, "")


def test_no_database_says_what_to_do(datachat: Datachat) -> None:
    if datachat("database", "list", "--json").out.strip() == "[]":
        done = datachat("ask", "list tables")
        assert (done.code, "database add" in done.err) == (2, True)


def test_a_broken_settings_file_is_told_with_its_line(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "datachat.yaml").write_text("limits:\n  rows: none\n")
    done = ask("list tables")
    assert (done.code, "datachat.yaml:2:3: `limits.rows`" in done.err) == (2, True)
