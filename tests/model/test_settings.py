from __future__ import annotations

from gateway.model.passage import Capabilities
from gateway.model.settings import Settings


class TestSettings:
    def test_nothing_is_asked_for_by_itself(self) -> None:
        plain = Settings(Capabilities())
        assert not (plain.observe or plain.mask or plain.forward or plain.resident or plain.policy_file or plain.trace_dir or plain.folders)
        assert plain == Settings(Capabilities()) and plain != Settings(Capabilities(), forward=True)
