from __future__ import annotations

import re
import signal
import threading
import time

import pytest

from gateway.authoring.check.time_limit import OutOfTimeError, within


class TestWithin:
    def test_ends_a_regular_expression_that_does_not_end(self) -> None:
        begun = time.monotonic()
        with pytest.raises(OutOfTimeError), within(0.2):
            re.match("(a+)+$", "a" * 60 + "!")
        assert time.monotonic() - begun < 30

    def test_leaves_nothing_behind(self) -> None:
        before = signal.getsignal(signal.SIGALRM)
        with within(5):
            pass
        assert signal.getsignal(signal.SIGALRM) is before and signal.getitimer(signal.ITIMER_REAL)[0] == 0

    def test_an_outer_limit_goes_on(self) -> None:
        with pytest.raises(OutOfTimeError), within(0.2):
            with within(30):
                pass
            time.sleep(30)

    def test_another_thread_has_no_limit(self) -> None:
        done: list[int] = []

        def work() -> None:
            with within(0.01):
                time.sleep(0.05)
            done.append(1)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert done
