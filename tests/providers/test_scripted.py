import json
from pathlib import Path

import pytest

from core.errors import UpstreamError, UserError
from core.values import Limits, Message
from providers.registry import open_model
from providers.scripted import ScriptedModel


def script(tmp_path: Path, text: str) -> ScriptedModel:
    path = tmp_path / "script.yaml"
    path.write_text(text)
    model = open_model(f"scripted:{path}")
    assert isinstance(model, ScriptedModel)
    return model


def prompt(question: str, before: str = "") -> list[Message]:
    return [Message(role="user", text=f"<schema>\nfees(id)\n</schema>\n{before}<question>\n{question}\n</question>")]


async def test_the_first_line_that_fits_replies(tmp_path: Path) -> None:
    model = script(
        tmp_path,
        """
replies:
  - question: fees
    sql: SELECT 1
  - prompt: refused_by_gate
    sql: SELECT 2
    confidence: 0.5
  - {question: HOW MANY, sql: SELECT 3, times: 1}
  - {text: as it is}
""",
    )
    limits = Limits()
    assert json.loads((await model.reply(prompt("What fees?"), limits=limits)).text) == {"sql": "SELECT 1"}
    repair = prompt("How many?", "<refused_by_gate>\nno\n</refused_by_gate>\n")
    assert json.loads((await model.reply(repair, limits=limits)).text) == {"sql": "SELECT 2", "confidence": 0.5}
    # the schema's `fees` is not the question's
    assert json.loads((await model.reply(prompt("How many?"), limits=limits)).text) == {"sql": "SELECT 3"}
    assert (await model.reply(prompt("How many?"), limits=limits)).text == "as it is"
    assert len(model.asked) == 4


async def test_a_question_without_a_line_is_a_failure(tmp_path: Path) -> None:
    model = script(tmp_path, "replies:\n  - question: fees\n    sql: SELECT 1\n")
    with pytest.raises(UpstreamError, match="has no reply"):
        await model.reply(prompt("Who?"), limits=Limits())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("replies:\n  - question: '('\n", ":2:5: `replies.0.question`"),
        ("replies:\n  - sql: a\n    tims: 2\n", ":3:5: `replies.0.tims`"),
        ("replies:\n  - fail: sometimes\n", ":2:5: `replies.0.fail`"),
        ("answers: []\n", "`"),
        ("", "`replies`"),
    ],
)
def test_a_wrong_script_names_file_line_and_key(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(UserError) as raised:
        script(tmp_path, text)
    assert f"script.yaml{where}" in raised.value.message or where in raised.value.message


def test_a_script_that_is_not_there() -> None:
    with pytest.raises(UserError, match=r"nowhere\.yaml"):
        open_model("scripted:nowhere.yaml")
