"""A published system's replies as a script for the scripted model: `replay:FILE#SYSTEM`."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from core.errors import UserError
from evals.predict import Case

PREFIX = "replay:"


def is_replay(model: str) -> bool:
    """Whether a model's name means a file of replies."""
    return model.startswith(PREFIX)


def script_of(model: str, cases: Sequence[Case], folder: Path) -> str:
    """Write the replies to these cases as a script into the folder, and return the name of the model that reads it."""
    file, _, system = model.removeprefix(PREFIX).partition("#")
    replies = _replies(Path(file), system)
    lines = [
        {"question": f"^{re.escape(case.question.strip())}$", "sql": replies[case.id]}
        for case in cases
        if case.id in replies
    ]
    script = folder / "replies.yaml"
    script.write_text(json.dumps({"replies": lines}), encoding="utf8")
    return f"scripted:{script}"


def _replies(file: Path, system: str) -> dict[str, str]:
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise UserError(f"{file} cannot be read as predictions.", code="bad_file") from error
    systems = sorted({str(line.get("system")) for line in lines})
    if system not in systems:
        raise UserError(f"{file} has no system {system!r}.", hint=f"It has {', '.join(systems)}.", code="bad_file")
    return {str(line["id"]): str(line["predicted_sql"]) for line in lines if line["system"] == system}
