"""The traced form of a function, whatever kind it is: plain, coroutine, generator, asynchronous generator.

A traced function is told from outside as the function itself: its name, signature and kind stay, what is sent or thrown
into a generator reaches it, and what it returns at its end comes back.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any, Protocol, Self


class Watch(Protocol):
    """One call that is watched, from before it begins until it is over; raises when it may not begin."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None: ...

    def returned(self, value: Any) -> Any:
        """Take what the call returned; return what is handed on."""

    def item(self, value: Any) -> Any:
        """Take one item that a generator yielded; return what is handed on."""


Begin = Callable[[tuple[Any, ...], dict[str, Any]], Watch]


def traced(function: Callable[..., Any], begin: Begin) -> Callable[..., Any]:
    """Return a function that begins a watch at each call of another."""
    if inspect.isasyncgenfunction(function):
        return functools.wraps(function)(_async_generator(function, begin))
    if inspect.iscoroutinefunction(function):
        return functools.wraps(function)(_coroutine(function, begin))
    if inspect.isgeneratorfunction(function):
        return functools.wraps(function)(_generator(function, begin))

    def call(*args: Any, **kwargs: Any) -> Any:
        with begin(args, kwargs) as watch:
            return watch.returned(function(*watch.args, **watch.kwargs))

    return functools.wraps(function)(call)


def _coroutine(function: Callable[..., Any], begin: Begin) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> Any:
        with begin(args, kwargs) as watch:
            return watch.returned(await function(*watch.args, **watch.kwargs))

    return call


def _generator(function: Callable[..., Any], begin: Begin) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with begin(args, kwargs) as watch:
            return (yield from _items(watch, function(*watch.args, **watch.kwargs)))

    return call


def _items(watch: Watch, inner: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """Yield what a generator yields, as `yield from` does (PEP 380), with a look at each item."""
    step: Callable[[], Any] = functools.partial(next, inner)
    while True:
        try:
            item = step()
        except StopIteration as stop:
            return stop.value
        try:
            sent = yield watch.item(item)
        except GeneratorExit:
            inner.close()
            raise
        except BaseException as error:  # noqa: BLE001  # handed to the generator it was meant for
            step = functools.partial(inner.throw, error)
        else:
            step = functools.partial(inner.send, sent)


def _async_generator(function: Callable[..., Any], begin: Begin) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        with begin(args, kwargs) as watch:
            inner = function(*watch.args, **watch.kwargs)
            step: Callable[[], Any] = functools.partial(inner.asend, None)
            while True:
                try:
                    item = await step()
                except StopAsyncIteration:
                    return
                try:
                    sent = yield watch.item(item)
                except GeneratorExit:
                    await inner.aclose()
                    raise
                except BaseException as error:  # noqa: BLE001  # handed to the generator it was meant for
                    step = functools.partial(inner.athrow, error)
                else:
                    step = functools.partial(inner.asend, sent)

    return call
