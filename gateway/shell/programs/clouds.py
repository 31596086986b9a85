"""aws, gcloud, kubectl, helm: copies between this machine and a cloud, and commands inside a cluster. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import CONNECT, READ, TREE, WRITE
from gateway.shell.programs.grammar import option_effects, parse_arguments
from gateway.shell.usage import START_ARGV, STDIN_DATA, STDIN_SENT, STDOUT_NETWORK, Effect, Start, Usage
from gateway.shell.values import Value

_BUCKETS = ("s3://", "gs://", "http://", "https://", "az://")


def _copied(operands: list[Value], how: tuple[str, ...]) -> list[Effect]:
    """Return the effects of a copy between buckets and this machine."""
    effects: list[Effect] = []
    for index, value in enumerate(operands):
        last = index == len(operands) - 1 and len(operands) > 1
        if value.text.startswith(_BUCKETS):
            effects.append(Effect(CONNECT, value))
        elif value.text != "-":
            effects.append(Effect(WRITE if last else READ, value, how))
    return effects


def read_aws(argv: tuple[Value, ...]) -> Usage:
    """`aws`: `s3 cp|mv|sync` copy files; elsewhere `file://` names one."""
    options = every("aws")
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    words = [value.text for value in parsed.operands]
    if words[:1] == ["s3"] and len(words) > 1 and words[1] in ("cp", "mv", "sync"):
        how = (TREE,) if words[1] == "sync" or parsed.has("--recursive") else ()
        effects += _copied(parsed.operands[2:], how)
    for value in argv[1:]:
        for prefix in ("file://", "fileb://"):
            if prefix in value.text:
                effects.append(
                    Effect(READ, Value(value.text.partition(prefix)[2], sources=value.sources, span=value.span))
                )
    if not any(effect.verb == CONNECT for effect in effects) and words[:1] not in (["configure"], ["help"], []):
        effects.append(Effect(CONNECT, Value(f"{words[0]}.amazonaws.com")))
    return Usage(effects=tuple(effects), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


def read_cloud(argv: tuple[Value, ...]) -> Usage:
    """`gsutil`, `gcloud storage`, `az`, `mc`: `cp`, `mv`, `rsync` copy files."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    words = [value.text for value in parsed.operands]
    at = next((index for index, word in enumerate(words) if word in ("cp", "mv", "rsync", "put", "get", "sync")), None)
    if at is not None:
        effects += _copied(
            parsed.operands[at + 1 :], (TREE,) if parsed.has("-r", "-R", "--recursive") or words[at] == "rsync" else ()
        )
    hosts = {"gsutil": "storage.googleapis.com", "gcloud": "googleapis.com", "az": "management.azure.com"}
    host = hosts.get(argv[0].text.rpartition("/")[2])
    if (
        host
        and not any(effect.verb == CONNECT for effect in effects)
        and words[:1] not in (["config"], ["help"], ["version"], [])
    ):
        effects.append(Effect(CONNECT, Value(host)))
    return Usage(effects=tuple(effects), stdin=STDIN_SENT, stdout=STDOUT_NETWORK)


_KUBECTL = every("kubectl")


def read_kubectl(argv: tuple[Value, ...]) -> Usage:
    """`kubectl`: manifests, copies, and commands inside a container."""
    at = next((index for index, value in enumerate(argv) if value.text == "--"), len(argv))
    inner = argv[at + 1 :]
    parsed = parse_arguments(argv[:at], _KUBECTL)
    effects, _ = option_effects(
        parsed, _KUBECTL, "-k", "--kustomize", "-s", "--server", "--from-env-file", "--patch-file", "--cert", "--key"
    )
    words = [value.text for value in parsed.operands]
    verb = words[0] if words else ""
    if verb in (
        "apply",
        "create",
        "delete",
        "replace",
        "diff",
        "get",
        "describe",
        "edit",
        "patch",
        "annotate",
        "label",
        "set",
        "rollout",
    ):
        for value in parsed.values("-f", "--filename"):
            effects += (
                [Effect(CONNECT, value)] if "://" in value.text else [] if value.text == "-" else [Effect(READ, value)]
            )
    for value in parsed.values("--from-file"):
        effects.append(Effect(READ, Value(value.text.rpartition("=")[2], sources=value.sources, span=value.span)))
    if verb == "cp":
        for index, value in enumerate(parsed.operands[1:3]):
            if ":" not in value.text:
                effects.append(Effect(WRITE if index else READ, value, (TREE,)))
    if verb in ("exec", "debug", "run") and not inner and len(parsed.operands) > 2:
        inner = tuple(parsed.operands[2:])
    starts = (Start(START_ARGV, argv=tuple(inner), remote=True),) if inner else ()
    return Usage(effects=tuple(effects), starts=starts, stdin=STDIN_DATA, stdout=STDOUT_NETWORK)


def read_helm(argv: tuple[Value, ...]) -> Usage:
    """`helm`: value files and a post-renderer that it runs."""
    options = every("helm")
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    return Usage(effects=tuple(effects), starts=tuple(starts), stdin=STDIN_DATA, stdout=STDOUT_NETWORK)
