from __future__ import annotations

import agent_trace
import pytest

import gateway
from gateway.doors.sdk.redaction import mask_event_data, redact_event_data

TOKEN = "ghp_" + "a1B2c3D4e" * 4


class TestCleaning:
    def test_credentials(self) -> None:
        data = {"arguments": {"token": TOKEN, "mail": "ann@mail.example"}, "n": 1}
        told = redact_event_data(data)
        assert TOKEN not in str(told) and told["arguments"]["mail"] == "ann@mail.example" and data["arguments"]["token"] == TOKEN  # type: ignore[index]
        assert "ann@" not in str(redact_event_data(data, mask=True))

    def test_personal_data_of_every_country(self) -> None:
        told = mask_event_data({"text": f"ann@mail.example +4930901820 {TOKEN} 10.0.0.1"})["text"]
        assert "ann@" not in told and "+4930901820" not in told and TOKEN in told and "10.0.0.1" in told and "@mail.example" in told

    def test_chosen_kinds(self) -> None:
        told = mask_event_data(["ann@mail.example 10.0.0.1"], kinds=("ip-address",), redact=True)[0]
        assert told.startswith("ann@mail.example [REDACTED:ip-address:")
        with pytest.raises(ValueError, match="no personal data is called shoe"):
            mask_event_data([], kinds=("shoe",))

    def test_both_packages_offer_them(self) -> None:
        assert gateway.mask_event_data is agent_trace.mask_event_data and gateway.redact_event_data is agent_trace.redact_event_data
