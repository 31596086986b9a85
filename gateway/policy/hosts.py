"""Hosts: the canonical form of whatever a call contacts, and the patterns that policy names hosts with. Pure.

A host is judged in one spelling only: lower case, IDNA, no trailing dot, userinfo and port split off, decimal, octal,
hexadecimal and IPv6-mapped addresses made plain. What cannot be made canonical is refused, never guessed (a NUL byte in
a host name once passed a suffix test that the resolver then cut short).
"""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.model.paths import percent_decoded
from gateway.model.record import Record

LOOPBACK = "localhost"

_PORTS = {
    "http": 80,
    "https": 443,
    "ws": 80,
    "wss": 443,
    "ftp": 21,
    "ftps": 990,
    "ssh": 22,
    "git": 9418,
    "sftp": 22,
    "telnet": 23,
    "ldap": 389,
}
_EMBEDS_IPV4 = (0, 0xFFFF, 0x64FF9B << 64)
"""The upper 96 bits of IPv4-compatible, IPv4-mapped (RFC 4291) and NAT64 (RFC 6052) addresses."""
_HOST_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-._")


class Host(Record):
    """Where a call connects to.

    name    canonical host name or address; UNKNOWN inside where it cannot be known; "" when there is none
    port    port number, 0 when it cannot be known
    scheme  lower case, or ""
    bad     why the text names no host that we could judge, or ""
    """

    __slots__ = ("bad", "name", "port", "scheme")

    def __init__(self, name: str, port: int = 0, scheme: str = "", bad: str = "") -> None:
        self.name = name
        self.port = port
        self.scheme = scheme
        self.bad = bad


def canonical(target: str) -> Host:
    """Return the host that a URL, `host`, `host:port`, `user@host:path` or address names."""
    text = target.strip()
    if any(char < " " or char == "\x7f" for char in text if char != UNKNOWN):
        return Host("", bad="control character in the host")
    scheme, authority = _authority(text)
    authority = authority.rpartition("@")[2]
    name, port = _split_port(authority)
    if "%00" in name:
        return Host("", bad="control character in the host")
    name, bad = _canonical_name(percent_decoded(name))
    return Host(name, port or _PORTS.get(scheme, 0), scheme, bad)


def _authority(text: str) -> tuple[str, str]:
    """Return (scheme, authority); browsers and curl take `\\` for `/` in it, so it ends there too (WHATWG URL)."""
    scheme, found, rest = text.partition("://")
    if not found or not scheme.replace("+", "").replace("-", "").replace(".", "").replace(UNKNOWN, "").isalnum():
        scheme, rest = "", text.removeprefix("//")
    end = min((rest.find(char) for char in "/\\?#" if char in rest), default=len(rest))
    return scheme.lower(), rest[:end]


def _split_port(authority: str) -> tuple[str, int]:
    if authority.startswith("["):
        name, _, rest = authority[1:].partition("]")
        port = rest[1:] if rest.startswith(":") else ""
        return name, int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0
    if authority.count(":") > 1:
        return authority, 0
    name, _, port = authority.partition(":")
    return name, int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0


def _canonical_name(name: str) -> tuple[str, str]:
    name = name.lower()
    if not name.isascii():
        name = _idna(name)
        if not name:
            return "", "host name that IDNA does not allow"
    if ":" in name:
        address = _ipv6(name)
        return (address, "") if address else ("", "malformed IPv6 address")
    name = name.rstrip(".")
    if name.endswith(".localhost"):
        return LOOPBACK, ""
    bad = {char for char in name if char not in _HOST_LETTERS and char != UNKNOWN}
    if bad:
        return "", "character in the host that no host name has"
    if name and UNKNOWN not in name and _is_number(name.rpartition(".")[2]):
        address = _ipv4(name)
        return (address, "") if address else ("", "malformed IPv4 address")
    return name, ""


def _idna(name: str) -> str:
    for dot in "\u3002\uff0e\uff61":
        name = name.replace(dot, ".")
    if name.isascii():
        return name
    try:
        return UNKNOWN.join(part.encode("idna").decode("ascii") if part else "" for part in name.split(UNKNOWN)).lower()
    except UnicodeError:
        return ""


def _is_number(label: str) -> bool:
    if label.startswith("0x"):
        return all(char in "0123456789abcdef" for char in label[2:])
    return label.isdigit()


def _ipv4(name: str) -> str:
    """Return dotted decimal for every spelling that inet_aton takes (one to four parts, decimal, octal,
    hexadecimal).
    """
    labels = name.split(".")
    if len(labels) > 4:
        return ""
    numbers = []
    for label in labels:
        if not label or not _is_number(label):
            return ""
        octal = len(label) > 1 and label[0] == "0" and label[1] != "x"
        if octal and any(char in "89" for char in label):
            return ""
        digits = label[2:] or "0" if label.startswith("0x") else label
        numbers.append(int(digits, 16 if label.startswith("0x") else 8 if octal else 10))
    tail = numbers.pop()
    if any(number > 255 for number in numbers) or tail >= 256 ** (4 - len(numbers)):
        return ""
    value = tail
    for place, number in enumerate(numbers):
        value += number << (8 * (3 - place))
    return _dotted(value)


def _dotted(value: int) -> str:
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _ipv6(name: str) -> str:
    """Return the shortest spelling of an IPv6 address, or dotted decimal when it maps or embeds an IPv4 one."""
    groups = _ipv6_groups(name.partition("%")[0])
    if groups is None:
        return ""
    value = 0
    for group in groups:
        value = value << 16 | group
    if value == 1:
        return "::1"
    if value >> 32 in _EMBEDS_IPV4 and value > 1:
        return _dotted(value & 0xFFFFFFFF)
    return ":".join(format(group, "x") for group in groups)


def _ipv6_groups(name: str) -> list[int] | None:
    head, gap, tail = name.partition("::")
    left = _hex_groups(head)
    right = _hex_groups(tail)
    if left is None or right is None or "::" in tail:
        return None
    missing = 8 - len(left) - len(right)
    if missing < 0 or (missing == 0) == bool(gap) or (missing and not gap):
        return None
    return left + [0] * missing + right


def _hex_groups(text: str) -> list[int] | None:
    if not text:
        return []
    groups: list[int] = []
    for part in text.split(":"):
        if "." in part:
            dotted = _ipv4(part)
            if not dotted:
                return None
            a, b, c, d = (int(number) for number in dotted.split("."))
            groups += [a << 8 | b, c << 8 | d]
        elif 0 < len(part) <= 4 and all(char in "0123456789abcdef" for char in part):
            groups.append(int(part, 16))
        else:
            return None
    return groups


def compile_host(text: str) -> tuple[str, str, int, str, int]:
    """Return (kind, name, port, scheme, bits) of a host entry; kind is "name", "below", "any", "net" or "local".

    `localhost` covers the loopback addresses too; `*.example.com` covers one label or more, not `example.com` itself;
    `10.0.0.0/8` and `fd00::/8` cover a network; a scheme or port in the entry must match. Raises ValueError.
    """
    scheme, found, rest = text.partition("://")
    if not found:
        scheme, rest = "", text
    network = _network(rest) if "/" in rest and not found else None
    if network:
        return ("net", network[0], 0, "", network[1])
    if "/" in rest.rstrip("/"):
        raise ValueError("a host entry has no path")
    name, port = _split_port(rest.rstrip("/").rpartition("@")[2])
    if port == 0 and found:
        port = _PORTS.get(scheme.lower(), 0)
    if name == "*":
        return ("any", "", port, scheme.lower(), 0)
    kind = "below" if name.startswith("*.") else "name"
    clean, bad = _canonical_name(name[2:] if kind == "below" else name)
    if bad or not clean or "*" in clean:
        raise ValueError(bad or "not a host")
    if kind == "name" and (clean == LOOPBACK):
        kind = "local"
    return (kind, clean, port, scheme.lower(), 0)


def _network(text: str) -> tuple[str, int] | None:
    address, _, bits = text.partition("/")
    if not bits.isascii() or not bits.isdigit():
        return None
    clean, bad = _canonical_name(address.strip("[]"))
    if bad or not clean or as_number(clean) is None or int(bits) > as_number(clean)[1]:  # type: ignore[index]
        raise ValueError("not a network")
    return clean, int(bits)


def as_number(name: str) -> tuple[int, int] | None:
    """Return (value, width in bits) of a canonical address, None for a name."""
    if ":" in name:
        groups = _ipv6_groups(name)
        value = 0
        for group in groups or ():
            value = value << 16 | group
        return (value, 128) if groups else None
    parts = name.split(".")
    if len(parts) != 4 or not all(part.isdigit() for part in parts):
        return None
    value = 0
    for part in parts:
        value = value << 8 | int(part)
    return value, 32


def host_matches(entry: tuple[str, str, int, str, int], host: Host) -> bool:
    """Whether a compiled host entry covers a fully known host."""
    kind, name, port, scheme, bits = entry
    if (port and host.port and port != host.port) or (scheme and host.scheme and scheme != host.scheme):
        return False
    if kind == "any":
        return True
    if kind == "local":
        return is_loopback(host.name)
    if kind == "below":
        return host.name.endswith("." + name)
    if kind == "net":
        ours, theirs = as_number(name), as_number(host.name)
        if ours is None or theirs is None or ours[1] != theirs[1]:
            return False
        shift = ours[1] - bits
        return ours[0] >> shift == theirs[0] >> shift
    return host.name == name


def host_may_match(entry: tuple[str, str, int, str, int], host: Host) -> bool:
    """Whether the entry could cover a host of which a part is UNKNOWN."""
    kind, name = entry[0], entry[1]
    if kind in ("any", "net"):
        return True
    head, _, tail = host.name.partition(UNKNOWN)
    tail = host.name.rpartition(UNKNOWN)[2] if UNKNOWN in host.name else tail
    if kind == "below":
        return name.endswith(tail) or tail.endswith("." + name) or not tail
    return name.startswith(head) and name.endswith(tail)


def is_loopback(name: str) -> bool:
    """Whether a canonical host is this machine."""
    return name == LOOPBACK or name == "::1" or (name.startswith("127.") and as_number(name) is not None)
