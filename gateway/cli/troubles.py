"""What goes wrong in a command becomes one clear line on stderr and an exit code; a traceback is never shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from gateway.model.errors import GatewayError, NothingError

NOTHING = 3
COULD_NOT_WORK = 4
INTERRUPTED = 130


def guarded(run: Callable[[], object]) -> None:
    """Run a command; exit with 4 and one line for trouble that was foreseen, with 130 when a person interrupts it."""
    try:
        run()
    except NothingError as error:
        _say(str(error))
        raise SystemExit(NOTHING) from None
    except GatewayError as error:
        _say(str(error))
        raise SystemExit(COULD_NOT_WORK) from None
    except BrokenPipeError:
        # The reader went away; nothing more can be said to it, and nobody wants a message about that.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        _say("interrupted")
        raise SystemExit(INTERRUPTED) from None
    except SystemExit as end:
        if end.code == INTERRUPTED:  # typer makes an exit of a Ctrl-C, and says nothing
            _say("interrupted")
        raise
    except OSError as error:
        _say(f"{error.strerror or error}" + (f": `{error.filename}`" if error.filename else ""))
        raise SystemExit(COULD_NOT_WORK) from None


def _say(text: str) -> None:
    sys.stderr.write(f"agent-strace: {text}\n")
