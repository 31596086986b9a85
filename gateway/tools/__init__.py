"""From a tool's name and arguments to the actions of its call. Pure; the one place that knows tool names."""

from __future__ import annotations

from gateway.tools.reading import actions_of

__all__ = ["actions_of"]
