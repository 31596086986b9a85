from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any, Self

import pytest

from gateway.doors.sdk.generators import traced


class Log:
    """A watch that keeps what it saw, and doubles what it hands on."""

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.args, self.kwargs = args, kwargs
        self.seen: list[Any] = []

    def __enter__(self) -> Self:
        self.seen.append("begin")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.seen.append(type(error).__name__ if error else "end")

    def returned(self, value: Any) -> Any:
        self.seen.append(value)
        return value

    def item(self, value: Any) -> Any:
        self.seen.append(value)
        return value


def watched(function: Callable[..., Any]) -> tuple[Callable[..., Any], list[Log]]:
    """Return a traced function and the watches of its calls."""
    logs: list[Log] = []

    def begin(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Log:
        logs.append(Log(args, kwargs))
        return logs[-1]

    return traced(function, begin), logs


def echo(first: Any) -> Generator[Any, Any, str]:
    """Yield what is sent, count what is thrown, return at "stop"."""
    sent = yield first
    while sent != "stop":
        try:
            sent = yield sent
        except ValueError:
            sent = yield "caught"
    return "done"


async def async_echo(first: Any) -> AsyncGenerator[Any, Any]:
    """Do the same asynchronously."""
    sent = yield first
    while sent != "stop":
        try:
            sent = yield sent
        except ValueError:
            sent = yield "caught"


class TestTraced:
    def test_keeps_the_kind_and_the_name(self) -> None:
        async def coroutine(a: int) -> int:
            """Doc."""
            return a

        def function(a: int, /, *, b: int = 2) -> int:
            return a + b

        for inner, kind in (
            (function, inspect.isfunction),
            (coroutine, inspect.iscoroutinefunction),
            (echo, inspect.isgeneratorfunction),
            (async_echo, inspect.isasyncgenfunction),
        ):
            outer, _ = watched(inner)
            assert kind(outer) and outer.__name__ == inner.__name__ and inspect.signature(outer) == inspect.signature(inner)

    def test_functions_and_coroutines(self) -> None:
        async def twice(a: int) -> int:
            return a * 2

        plain, logs = watched(lambda a, b=1: a + b)
        awaited, more = watched(twice)
        assert plain(2, b=3) == 5 and asyncio.run(awaited(4)) == 8
        assert logs[0].seen == ["begin", 5, "end"] and more[0].seen == ["begin", 8, "end"]

    def test_errors_go_on(self) -> None:
        def fails() -> None:
            raise KeyError("x")

        outer, logs = watched(fails)
        with pytest.raises(KeyError):
            outer()
        assert logs[0].seen == ["begin", "KeyError"]

    def test_a_generator_is_the_same_from_outside(self) -> None:
        outer, logs = watched(echo)
        for make in (echo, outer):
            steps = make(1)
            seen = [next(steps), steps.send(2), steps.throw(ValueError("x")), steps.send(3)]
            with pytest.raises(StopIteration) as stopped:
                steps.send("stop")
            assert seen == [1, 2, "caught", 3] and stopped.value.value == "done"
        assert logs[0].seen == ["begin", 1, 2, "caught", 3, "end"]

    def test_a_generator_that_is_left_is_closed(self) -> None:
        closed = []

        def numbers() -> Generator[int, None, None]:
            try:
                yield from range(9)
            finally:
                closed.append(True)

        outer, logs = watched(numbers)
        steps = outer()
        next(steps)
        steps.close()
        assert closed == [True] and logs[0].seen == ["begin", 0, "GeneratorExit"]

    def test_an_error_inside_a_generator_goes_on(self) -> None:
        outer, logs = watched(echo)
        steps = outer(1)
        next(steps)
        with pytest.raises(TypeError):
            steps.throw(TypeError("x"))
        assert logs[0].seen[-1] == "TypeError"

    def test_an_asynchronous_generator_is_the_same_from_outside(self) -> None:
        outer, logs = watched(async_echo)

        async def drive(make: Callable[..., Any]) -> list[Any]:
            steps = make(1)
            seen = [await anext(steps), await steps.asend(2), await steps.athrow(ValueError("x")), await steps.asend(3)]
            with pytest.raises(StopAsyncIteration):
                await steps.asend("stop")
            return seen

        assert asyncio.run(drive(async_echo)) == asyncio.run(drive(outer)) == [1, 2, "caught", 3]
        assert logs[0].seen == ["begin", 1, 2, "caught", 3, "end"]

        async def leave() -> None:
            steps = outer(1)
            await anext(steps)
            await steps.aclose()

        asyncio.run(leave())
        assert logs[1].seen == ["begin", 1, "GeneratorExit"]

    def test_nothing_begins_before_the_first_step(self) -> None:
        outer, logs = watched(echo)
        steps = outer(1)
        assert logs == []
        next(steps)
        assert len(logs) == 1
        steps.close()
