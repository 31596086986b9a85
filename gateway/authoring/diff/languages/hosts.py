"""Hosts of every kind that two policies tell apart: finitely many names, ports and schemes stand for all of them.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway.policy.hosts import as_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, EffectName, EntryList, PolicyLayer

_FRESH = "elsewhere"
_SCHEMES = ("https", "http")

HostEntry = tuple[str, str, int, str, int]


def host_entries(policy: CompiledPolicy) -> list[HostEntry]:
    """Return every host, exceptions included, that a compiled policy names."""
    entries: list[HostEntry] = []
    for layer in policy["layers"]:
        for _, listed in _lists(layer):
            for entry in listed["entries"]:
                entries += [entry["host"], *entry.get("unless", ())]
    return entries


def hosts_to_compare(old: CompiledPolicy, new: CompiledPolicy) -> Iterator[str]:
    """Yield targets such that two policies that agree on all of them agree on every host."""
    if _sections(old) == _sections(new):
        return
    entries = [*host_entries(old), *host_entries(new)]
    ports = sorted({entry[2] for entry in entries if entry[2]})
    schemes = list(dict.fromkeys((*_SCHEMES, *sorted(entry[3] for entry in entries if entry[3]))))
    fresh_port = next(port for port in range(8443, 8443 + len(ports) + 1) if port not in ports)
    for name in _names(entries):
        shown = f"[{name}]" if ":" in name else name
        for scheme in schemes:
            yield f"{scheme}://{shown}/"
            for port in (*ports, fresh_port):
                yield f"{scheme}://{shown}:{port}/"
        yield shown
        for port in (*ports, fresh_port):
            yield f"{shown}:{port}"


def _sections(policy: CompiledPolicy) -> list[object]:
    return [
        (
            [
                [
                    (entry["host"], entry.get("unless"), entry.get("shadow"), entry.get("expires"))
                    for entry in listed["entries"]
                ]
                for _, listed in _lists(layer)
            ],
            [name for name, listed in _lists(layer)],
            layer["sections"].get("network", {}).get("deny_all"),
            layer["default"],
            layer["shadow"],
        )
        for layer in policy["layers"]
    ]


def _lists(layer: PolicyLayer) -> list[tuple[str, EntryList]]:
    section = layer["sections"].get("network", {})
    names: tuple[EffectName, ...] = ("allow", "ask", "deny")
    return [(name, section[name]) for name in names if name in section]


def _names(entries: list[HostEntry]) -> list[str]:
    """Return one host of every kind: named ones, one below each `*.name`, one of each stretch of addresses, something
    else.
    """
    named = {name for kind, name, *_ in entries if kind == "name"}
    below = {name for kind, name, *_ in entries if kind == "below"}
    label = _FRESH
    while any(part == label for name in named | below for part in name.split(".")):
        label += "x"
    names = [f"{label}.example", *sorted(named), *(f"{label}.{name}" for name in sorted(below)), *sorted(below)]
    names += ["localhost", "127.0.0.1", "::1"]
    for width in (32, 128):
        names += [_address(value, width) for value in _stretches(entries, width)]
    return list(dict.fromkeys(names))


def _stretches(entries: list[HostEntry], width: int) -> list[int]:
    """Return the first address of every stretch that the networks, single addresses and the loopback cut the address
    space into.
    """
    edges = {1, 1 << (width - 2)} | ({127 << 24, 128 << 24} if width == 32 else {1, 2})
    for kind, name, _, _, bits in entries:
        number = as_number(name) if kind in ("net", "name") else None
        if number is None or number[1] != width:
            continue
        size = 1 << (width - (bits if kind == "net" else width))
        start = number[0] // size * size
        edges |= {start, start + size}
    return sorted(edge for edge in edges if 0 < edge < 1 << width)


def _address(value: int, width: int) -> str:
    if width == 32:
        return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))
    return ":".join(format(value >> shift & 0xFFFF, "x") for shift in range(112, -1, -16))
