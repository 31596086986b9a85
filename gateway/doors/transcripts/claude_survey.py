"""The first look through a Claude Code transcript: what can only be known when all of it was seen. Pure but for reading
the file.
"""

from __future__ import annotations

from gateway.analysis.usage.claude import SYNTHETIC, key_of
from gateway.analysis.usage.tokens import tokens_of
from gateway.doors.transcripts.session import blocks_of, dict_in, json_lines, seconds, text_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_KEPT = (
    "input_tokens",
    "output_tokens",
    "cache_creation_input_tokens",
    "cache_read_input_tokens",
    "cache_creation",
    "service_tier",
    "speed",
)


class Survey:
    """What one file comes to.

    finals  line number -> request whose last line it is
    usages  request -> the fullest usage that was told of it, as it is recorded
    own     requests that the main chain told of (the rest are a sidechain's alone)
    thought request -> {blocks, characters, seconds} of its thinking; what it was is not kept
    texts   line numbers whose text is whole, not a snapshot of one that was still growing
    tools   call -> tool
    links   agent -> the call that started it
    prompt  the first thing that was said
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.finals: dict[int, str] = {}
        self.usages: dict[str, JsonObject] = {}
        self.own: set[str] = set()
        self.thought: dict[str, JsonObject] = {}
        self._before = 0.0
        self.texts: set[int] = set()
        self.tools: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.asked: dict[str, str] = {}
        self.first = self.last = 0.0
        self.facts: dict[str, str] = {}
        self.prompt = ""
        self._snapshot: dict[str, tuple[int, str]] = {}
        latest: dict[str, int] = {}
        for number, line in enumerate(json_lines(path)):
            self._frame(line)
            if line.get("type") == "assistant":
                key = key_of(line)
                if not (line.get("isSidechain") and key in self.own):  # a copy on a sidechain ends nothing
                    latest[key] = number
                    self._thinking(line, key)
                self._response(line, number)
            elif line.get("type") == "user":
                self._user(line)
            self._before = seconds(line.get("timestamp")) or self._before
        self.finals = {number: key for key, number in latest.items()}
        self.texts |= {number for number, _ in self._snapshot.values()}

    def _frame(self, line: JsonObject) -> None:
        at = seconds(line.get("timestamp"))
        self.first = self.first or at
        self.last = max(self.last, at)
        for key in ("sessionId", "cwd", "gitBranch", "version"):
            value = text_at(line, key)
            if value and key not in self.facts:
                self.facts[key] = value

    def _response(self, line: JsonObject, number: int) -> None:
        key = key_of(line)
        message = dict_in(line, "message")
        model = text_at(message, "model")
        if not line.get("isSidechain"):
            self.own.add(key)
        usage = message.get("usage")
        if isinstance(usage, dict) and model != SYNTHETIC:
            before = self.usages.get(key)
            if before is None or tokens_of(usage).total >= tokens_of(before).total:
                self.usages[key] = {name: usage[name] for name in _KEPT if usage.get(name)}
        for block in blocks_of(message.get("content")):
            if block.get("type") == "tool_use":
                self.tools[text_at(block, "id")] = text_at(block, "name")
                words = text_at(block.get("input"), "prompt")
                if words:
                    self.asked[words] = text_at(block, "id")
            elif block.get("type") == "text":
                self._text(key, number, text_at(block, "text"))

    def _thinking(self, line: JsonObject, key: str) -> None:
        """Count what was thought: since the line before, for nothing else tells when it began."""
        blocks = [
            block
            for block in blocks_of(dict_in(line, "message").get("content"))
            if block.get("type") in ("thinking", "redacted_thinking")
        ]
        if not blocks:
            return
        before = self.thought.get(key, {"blocks": 0, "characters": 0, "seconds": 0.0})
        took = max(seconds(line.get("timestamp")) - self._before, 0.0) if self._before else 0.0
        self.thought[key] = {
            "blocks": before["blocks"] + len(blocks),
            "characters": before["characters"] + sum(len(text_at(block, "thinking")) for block in blocks),
            "seconds": round(before["seconds"] + took, 3),
        }

    def _text(self, key: str, number: int, text: str) -> None:
        """Keep the last snapshot of a text: a line whose text only continues the one before stands in for it."""
        before = self._snapshot.get(key)
        if before is not None and not text.startswith(before[1]):
            self.texts.add(before[0])
        self._snapshot[key] = (number, text)

    def _user(self, line: JsonObject) -> None:
        content = dict_in(line, "message").get("content")
        if isinstance(content, str):
            self.prompt = self.prompt or content
            return
        agent = text_at(line.get("toolUseResult"), "agentId")
        for block in blocks_of(content):
            if agent and block.get("type") == "tool_result":
                self.links[agent] = text_at(block, "tool_use_id")

    def started(self, agent: str, prompt: str) -> str:
        """Return the call that started a subagent: as its result says, else the one that was given the same prompt; ""
        when none did.
        """
        return self.links.get(agent) or (self.asked.get(prompt, "") if prompt else "")
