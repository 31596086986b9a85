"""Names that say their value is a credential: `password`, `apiKey`, `X-Api-Key`, `DB_PASSWORD`, `clientSecret`. Pure;
without `re`.
"""

from __future__ import annotations

WORDS = ("passw", "passphrase", "passcode", "pwd", "secret", "token", "auth", "credential", "cookie")
"""One of these stands, in lower case, in every name that counts in a text, or"""
KEY_OWNERS = ("api", "access", "account", "private", "client", "signing", "encryption", "master", "shared", "storage")
"""one of these with `key` behind it."""

_LAST = {
    "password": "password",
    "passwd": "password",
    "passphrase": "password",
    "passcode": "password",
    "pwd": "password",
    "pass": "password",
    "secret": "secret",
    "token": "token",
    "credential": "credential",
    "credentials": "credential",
    "authorization": "authorization",
    "auth": "authorization",
    "cookie": "cookie",
    "pin": "pin",
    "otp": "pin",
    "apikey": "api-key",
    "accesskey": "api-key",
    "secretkey": "secret",
    "privatekey": "secret",
    "authtoken": "token",
    "accesstoken": "token",
    "pgpassword": "password",
    "dbpassword": "password",
}
"""Last word of a name -> the kind of its value."""

KINDS = ("password", "secret", "token", "credential", "authorization", "cookie", "pin", "api-key")
"""Every kind that a name can announce."""

_KEYS = frozenset(
    "api access secret private client account signing signature encryption master shared service auth session storage app application".split()
)
"""Words that make a `key` a credential."""

_TAILS = frozenset(
    "pem value base64 b64 hex text plain plaintext encoded raw string data 1 2 new old current confirm confirmation".split()
)
"""Words behind the telling one that change nothing."""

_NOT_TOKENS = frozenset(
    "page next continuation pagination cursor sync syntax previous prev resume cancellation cancel max design lex parser".split()
)
"""Words that make a `token` a place in a list, a number or a word of a language."""

TREES = frozenset(("credentials", "secrets", "passwords", "auths", "stringdata"))
"""Names whose whole object holds credentials."""


def words_of(name: str) -> list[str]:
    """Return the words of a name in lower case: split at case changes, `_`, `-`, `.` and whatever else is no letter or
    digit.
    """
    out: list[str] = []
    start = 0
    previous = ""
    for at, char in enumerate(name):
        if not char.isalnum():
            if start < at:
                out.append(name[start:at].lower())
            start = at + 1
        elif (
            char.isupper()
            and start < at
            and (previous.islower() or previous.isdigit() or name[at + 1 : at + 2].islower())
        ):
            out.append(name[start:at].lower())
            start = at
        previous = char
    if start < len(name):
        out.append(name[start:].lower())
    return out


_known: dict[str, str] = {}


def kind_of(name: str) -> str:
    """Return the kind of credential that a name announces, "" for a name that announces none."""
    kind = _known.get(name)
    if kind is None:
        kind = _kind_of(name)
        if len(_known) < 4096 and len(name) < 80:
            _known[name] = kind
    return kind


def _kind_of(name: str) -> str:
    words = words_of(name[-120:])
    while len(words) > 1 and words[-1] in _TAILS:
        words.pop()
    if not words:
        return ""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "key" and before in _KEYS:
        return "api-key" if before in ("api", "app", "application") else "secret"
    if last == "token" and (before in _NOT_TOKENS or words[0] in ("next", "max")):
        return ""
    if (
        last == "pass"
        and len(words) > 1
        and before not in ("db", "user", "admin", "root", "smtp", "mail", "mysql", "ftp", "sudo", "ssh", "proxy")
    ):
        return ""
    if last == "auth" and len(words) > 1 and before not in ("basic", "x", "http", "proxy", "bearer"):
        return ""
    return _LAST.get(last) or _glued(last)


def _glued(word: str) -> str:
    """Return the kind of a word that ends with a telling one without saying where it starts (`mypassword`,
    `githubtoken`).
    """
    for tail, kind in (
        ("password", "password"),
        ("passwd", "password"),
        ("apikey", "api-key"),
        ("secretkey", "secret"),
        ("authtoken", "token"),
    ):
        if word.endswith(tail):
            return kind
    return ""
