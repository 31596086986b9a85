"""openssl and gpg: what they decode, read, write and contact. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import CONNECT, META, READ, WRITE
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.usage import STDIN_DATA, STDIN_SENT, STDOUT_DATA, STDOUT_DECODED, STDOUT_NETWORK, Effect, Usage
from gateway.shell.values import Value

_OPENSSL = every("openssl")


def read_openssl(argv: tuple[Value, ...]) -> Usage:
    """`openssl`: `enc -d` and `base64 -d` decode, `s_client` connects, `-engine` loads code."""
    if len(argv) < 2:
        return Usage(stdin=STDIN_DATA)
    verb = argv[1].text
    parsed = parse_arguments(argv[1:], _OPENSSL, words=True)
    effects, starts = option_effects(parsed, _OPENSSL)
    effects = [effect if effect.verb != CONNECT else Effect(CONNECT, effect.value) for effect in effects]
    decodes = verb in ("enc", "base64", "smime", "cms", "zlib", "rsautl", "pkeyutl") and parsed.has(
        "-d", "-decrypt", "-D"
    )
    if verb == "s_client":
        return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)
    if verb in ("dgst", "sha256", "sha1", "md5", "sha512", "rand", "passwd", "prime"):
        found, _ = operand_effects(parsed.operands, "read*" if verb not in ("rand", "passwd", "prime") else "text*")
        effects += found
    return Usage(
        effects=tuple(effects),
        starts=tuple(starts),
        stdin="" if any(effect.verb == READ and META not in effect.how for effect in effects) else STDIN_DATA,
        stdout=STDOUT_DECODED if decodes or (verb[:3] in ("aes", "des") and parsed.has("-d")) else STDOUT_DATA,
    )


_GPG = every("gpg")
_CONTACTING = (
    "--recv-keys",
    "--send-keys",
    "--search-keys",
    "--refresh-keys",
    "--fetch-keys",
    "--recv-key",
    "--locate-keys",
)
_NAMING = (
    "--list-keys",
    "-k",
    "-K",
    "--list-secret-keys",
    "--export",
    "--export-secret-keys",
    "--export-secret-subkeys",
    "--fingerprint",
    "--delete-keys",
    "--edit-key",
    "--version",
    "--gen-key",
    "--full-generate-key",
    "--quick-generate-key",
)


def read_gpg(argv: tuple[Value, ...]) -> Usage:
    """`gpg`: `-d` decodes; key servers are contacted."""
    parsed = parse_arguments(argv, _GPG)
    effects, starts = option_effects(parsed, _GPG)
    if parsed.has(*_CONTACTING) and not any(effect.verb == CONNECT for effect in effects):
        effects.append(Effect(CONNECT, Value("keys.openpgp.org")))
    elif not parsed.has(*_NAMING, *_CONTACTING):
        found, _ = operand_effects(parsed.operands, "read*")
        effects += found
        if not parsed.has("-o", "--output", "-d", "--decrypt", "--verify", "--import", "--dearmor", "-v"):
            effects += [
                Effect(WRITE, Value(value.text + (".asc" if parsed.has("-a", "--armor") else ".gpg")))
                for value in parsed.operands
                if value.text != "-"
            ]
    return Usage(
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=STDIN_DATA,
        stdout=STDOUT_DECODED if parsed.has("-d", "--decrypt") else STDOUT_DATA,
    )


_KEYGEN = every("ssh-keygen")


def read_keygen(argv: tuple[Value, ...]) -> Usage:
    """`ssh-keygen`: makes a key pair, or shows, signs and edits what `-f` names."""
    parsed = parse_arguments(argv, _KEYGEN)
    effects, starts = option_effects(parsed, _KEYGEN)
    for file in parsed.values("-f"):
        if parsed.has("-l", "-y", "-e", "-i", "-B", "-F", "-L", "-Y", "-s"):
            effects.append(Effect(READ, file))
        else:
            effects.append(Effect(WRITE, file))
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_DATA)
