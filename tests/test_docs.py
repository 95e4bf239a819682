"""The documents are true: settings, pictures, links and commands are those of the code."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from core.settings import Settings, environment_names
from core.values import Budgets, Calendar, Limits
from graph import turn

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
GENERATED = re.compile(r"(?<=<!-- generated: )(?P<part>\w+)(?P<open> -->\n)(?P<text>.*?)(?=<!-- end -->)", re.DOTALL)
COMMAND = re.compile(r"\bdatachat((?: [a-z]+(?:-[a-z]+)*)+)")


def name_of(path: Path) -> str:
    """The path as people say it."""
    return str(path.relative_to(ROOT))


# Generated parts: `make docs` writes them


def table(fields: Mapping[str, FieldInfo], names: Mapping[str, list[str]]) -> str:
    """A table of settings, secrets without a default."""
    lines = ["| key | variable | default | meaning |", "|---|---|---|---|"]
    for key, field in fields.items():
        default = "" if field.default in (None, "") else f"`{field.default}`"
        variables = ", ".join(f"`{name}`" for name in names[key])
        lines.append(f"| `{key}` | {variables} | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def settings_table() -> str:
    """Every setting but those with tables of their own, and the policy, which has its own page."""
    own = ("limits", "budgets", "calendar", "access")
    fields = {key: field for key, field in Settings.model_fields.items() if key not in own}
    return table(fields, {key: environment_names(key) for key in fields})


def limits_table() -> str:
    """Every limit; its meaning is its own description."""
    fields = Limits.model_fields
    return table(fields, {key: [f"DATACHAT_LIMITS__{key.upper()}"] for key in fields})


def budgets_table() -> str:
    """Every budget; its meaning is its own description."""
    fields = Budgets.model_fields
    return table(fields, {key: [f"DATACHAT_BUDGETS__{key.upper()}"] for key in fields})


def calendar_table() -> str:
    """How times are meant; its meaning is its own description."""
    fields = Calendar.model_fields
    return table(fields, {key: [f"DATACHAT_CALENDAR__{key.upper()}"] for key in fields})


def picture() -> str:
    """The turn as LangGraph draws it."""
    return f"```mermaid\n{turn.build().compile().get_graph().draw_mermaid()}```\n"


PARTS = {
    "settings": settings_table,
    "limits": limits_table,
    "budgets": budgets_table,
    "calendar": calendar_table,
    "turn": picture,
}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    """What is written between the marks is what the code says now."""
    text = path.read_text()
    now = GENERATED.sub(lambda found: found["part"] + found["open"] + PARTS[found["part"]](), text)
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(now)
    else:
        assert text == now, "run `make docs`"


def test_every_part_is_in_a_document() -> None:
    """The picture stands in README and architecture, the tables in the settings."""
    found = {(name_of(path), match["part"]) for path in DOCUMENTS for match in GENERATED.finditer(path.read_text())}
    assert found == {
        ("README.md", "turn"),
        ("docs/architecture.md", "turn"),
        ("docs/settings.md", "settings"),
        ("docs/settings.md", "limits"),
        ("docs/settings.md", "budgets"),
        ("docs/settings.md", "calendar"),
    }


# Links


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    """A link into the repository names a file that is there, and a heading that is in it."""
    for link in LINK.findall(FENCED.sub("", path.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, heading = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), link
        assert not heading or heading in headings(file), link


def headings(path: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    titles = re.findall(r"^#+ (.*)$", FENCED.sub("", path.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


# Commands: a block marked `sh run` is run, every other one names commands that exist


def blocks(*, run: bool) -> Iterator[object]:
    """The shell blocks of all documents, as parameters that carry their document's name."""
    for path in DOCUMENTS:
        for place, found in enumerate(FENCED.finditer(path.read_text())):
            if found["kind"].split()[:1] == ["sh"] and ("run" in found["kind"].split()) == run:
                yield pytest.param(found["text"], id=f"{name_of(path)}-{place}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home folder for all blocks, so that they share one embedded database."""
    return tmp_path_factory.mktemp("home")


@pytest.mark.parametrize("script", list(blocks(run=True)))
def test_a_block_marked_run_works(script: str, tmp_path: Path, home: Path) -> None:
    """Line by line as a reader would type it, in an empty folder."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(home),
        "DATACHAT_HOME": str(home / "datachat"),
    }
    done = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_commands_exist() -> None:
    """Every `datachat ...` of the documents is a command, with these words."""
    from typer.main import get_command

    from cli.app import app

    root = get_command(app)
    named = {found for path in DOCUMENTS for found in COMMAND.findall(path.read_text())}
    assert named
    for words in named:
        command: object = root
        for word in words.split():
            inner = getattr(command, "commands", None)
            if inner is None:
                break
            assert word in inner, f"datachat{words}"
            command = inner[word]
