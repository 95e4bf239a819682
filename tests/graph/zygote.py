"""Runs each turn in a forked process of its own, so that it can be killed; what all of them load is paid once.

Reads JSON lines on stdin (settings, conversation, question, journal) and prints the pid of each turn. The first
is a rehearsal, which stays in this process.
"""

import asyncio
import json
import os
import signal
import sys
import threading
from pathlib import Path

from core.settings import load_settings
from core.values import Answer
from graph.assembly import open_house
from graph.turns import Question


async def turn(order: dict[str, str]) -> None:
    """Ask, and write every event to the journal the moment it is known."""
    overrides = {
        "system_database_url": order["system"],
        "database_url": order["database"],
        "openai_base_url": order["model"],
        "model": "openai:scripted",
    }
    journal = os.open(order["journal"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    async with open_house(load_settings(home=Path(order["home"]), overrides=overrides)) as house:
        asked = Question(text=order["question"], conversation=order["conversation"])
        async for event in house.turns.say(asked):
            node = event.data.get("node", "")
            os.write(journal, f"{event.type} {node}\n".encode())
            if event.type == "turn.started":
                os.write(journal, f"turn {event.data['turn_id']}\n".encode())
            if event.type == "answer":
                answer = Answer.model_validate(event.data)
                os.write(journal, f"result {answer.status} {json.dumps(answer.rows)}\n".encode())


def main() -> None:
    """Rehearse once, and fork a child for every further line."""
    asyncio.run(turn(json.loads(sys.stdin.readline())))
    assert threading.active_count() == 1, "a fork would lose a thread"
    print(os.getpid(), flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(turn(json.loads(line)))
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
