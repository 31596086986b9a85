"""Samples of credentials, built when a test runs: no text that looks like one stands in the repository."""

from __future__ import annotations

import random
from collections.abc import Iterator

from gateway.redaction import detectors
from gateway.redaction.checks import _BASE58
from gateway.redaction.detector import Detector
from gateway.redaction.patterns import Form, parsed
from gateway.redaction.scan import family


def built(form: str, source: random.Random) -> str:
    """Return a text of a form, its runs at their shortest, filled at random."""
    return "".join(part if isinstance(part, str) else run(part[0], part[1], source) for part in parsed(form))


def run(chars: str, count: int, source: random.Random) -> str:
    """Return random characters, letters and digits at the ends; `=` only pads."""
    plain = [char for char in chars if char.isalnum()] or list(chars)
    inner = [source.choice(chars.replace("=", "") or chars) for _ in range(max(0, count - 2))]
    text = "".join([source.choice(plain), *inner, source.choice(plain)])[:count]
    return text[:-1] + "=" if "=" in chars and count > 30 and source.random() < 0.5 else text


def sample(detector: Detector, form: Form, source: random.Random) -> str:
    """Return a value that a detector must find: of its form, and passing its checks."""
    if detector.id == "jwt":
        return web_token(source)
    if detector.id == "wallet-import-key":
        return wallet_key(form.text[0], source)
    for _ in range(10_000):
        value = built(form.text, source)
        if detector.accepts(value):
            return value
    raise AssertionError(f"no sample of {detector.id} passes its own checks")


def web_token(source: random.Random) -> str:
    """Return a JSON web token."""
    from base64 import urlsafe_b64encode

    parts = [b'{"alg":"HS256","typ":"JWT"}', b'{"sub":"%d"}' % source.randrange(10**9), source.randbytes(32)]
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def wallet_key(first: str, source: random.Random) -> str:
    """Return a private key in the wallet import format."""
    from hashlib import sha256

    while True:
        data = b"\x80" + source.randbytes(32) + (b"" if first == "5" else b"\x01")
        data += sha256(sha256(data).digest()).digest()[:4]
        number = int.from_bytes(data, "big")
        text = ""
        while number:
            number, rest = divmod(number, 58)
            text = _BASE58[rest] + text
        if text[0] == first:
            return text


def all_detectors() -> Iterator[tuple[str, Detector]]:
    """Yield (family, detector) of the whole registry."""
    for name in detectors.FAMILIES:
        alone, named = family(name)
        yield from ((name, each) for each in (*alone.values(), *named))


def written(detector: Detector, value: str, name: str = "") -> list[str]:
    """Return texts in which a value stands the way it stands in files and command lines."""
    if not detector.names:
        return [value, f"x {value} y", f'"{value}"', f"KEY={value}", f"see:{value}\n", f"(\u201c{value}\u201d)"]
    provider = name or detector.names[0]
    return [f"{provider}_id = '{value}'", f"{provider.upper()}_ID={value}", f'{{"{provider}-id": "{value}"}}', f"{provider}Id: {value}\n"]
