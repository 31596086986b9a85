"""The console script, and the file that hooks start: looks at its first argument before importing anything else."""

import sys


def main() -> None:
    """Run one command; `hook` takes the lane that imports next to nothing, `exec` stands before every command of an
    agent, and `statusline` runs with every message.
    """
    if len(sys.argv) > 1 and sys.argv[1] == "hook":
        _hook()
    elif sys.argv[1:2] == ["exec"] and sys.argv[2:3] not in (["-h"], ["--help"]):
        from gateway.doors import exec_command

        exec_command.main(sys.argv[2:])
    elif sys.argv[1:] == ["statusline"]:
        from gateway.reports import status_line

        status_line.main()
    else:
        _command()


def _command() -> None:
    """Run a command of the command line; an interruption before it has begun, or once it is over, ends the process
    without a traceback.
    """
    import _signal  # type: ignore[import-not-found,unused-ignore]

    interrupts = _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler
    if interrupts:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    try:
        from gateway.cli import main as run

        run()
    finally:
        if interrupts:
            _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def _hook() -> None:
    try:
        import gc

        gc.disable()  # a process of milliseconds ends before a collection pays
        from gateway.lane_os import catch_signals, start_deadline

        catch_signals()
        start_deadline()
        from gateway import bundle

        bundle.enter()
        from gateway.doors.hook.process import run

        run(sys.argv[2:], bundle.leave)
    except BaseException as error:  # noqa: BLE001  # an exit code other than 2 would let the call through
        import posix

        try:
            posix.write(
                2, f"agent-strace: refused: cannot start ({type(error).__name__}: {error})\n".encode("utf-8", "replace")
            )
        finally:
            posix._exit(2)  # noqa: SLF001  # also where stderr is closed


if __name__ == "__main__":
    sys.path.insert(0, __file__.rpartition("/gateway/")[0] or ".")
    main()
