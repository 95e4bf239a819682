"""The command `datachat`."""

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until there is something to tidy up, Ctrl-C just ends the program; an exception would show where it was.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from cli.app import app

    app(prog_name="datachat")
    raise AssertionError("a command ended without an exit code")


if __name__ == "__main__":
    main()
