"""`export`: a session as JSON, CSV, NDJSON, OTLP spans (written, or sent to a collector) or a Chrome trace."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from gateway.exports import FORMATS
from gateway.exports.otlp.document import PROTOCOLS, encoder, requests
from gateway.exports.session_stream import Leaving, leaving
from gateway.exports.sink import Interruption, interruptible, write_file, write_out
from gateway.host.output import harmless_bytes
from gateway.model.json_text import dumps
from gateway.reports.arguments import SessionName, named, store_of, warned
from gateway.traces.reader import meta

MAX_DEPTH = 32
JSON, PROTOBUF = PROTOCOLS


def command(
    context: typer.Context,
    session: SessionName = "",
    form: Annotated[str, typer.Option("--format", metavar="NAME", help=", ".join(FORMATS))] = "json",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="A file instead of standard output.")
    ] = "",
    endpoint: Annotated[
        str,
        typer.Option("--endpoint", metavar="URL", help="OTLP: send to this collector, such as http://localhost:4318."),
    ] = "",
    header: Annotated[
        list[str] | None,
        typer.Option("--header", metavar="K: V", help="OTLP: a header of every request; may be repeated."),
    ] = None,
    service_name: Annotated[
        str, typer.Option("--service-name", metavar="NAME", help="OTLP: service.name of the spans.")
    ] = "agent-strace",
    protocol: Annotated[str, typer.Option("--protocol", metavar="NAME", help=f"OTLP: {' or '.join(PROTOCOLS)}.")] = "",
    protobuf: Annotated[bool, typer.Option("--protobuf", help=f"OTLP: the same as --protocol {PROTOBUF}.")] = False,
    no_content: Annotated[
        bool, typer.Option("--no-content", help="OTLP and Chrome: leave out prompts, arguments and results.")
    ] = False,
    mask: Annotated[bool, typer.Option("--mask", help="Mask personal data, too.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --endpoint: what was sent, as one JSON document on stdout.")
    ] = False,
) -> None:
    """Export a session in a format that other tools read, or send it to a collector. It is redacted again on its way
    out.
    """
    chosen = protocol or (PROTOBUF if protobuf or endpoint else JSON)
    _check(form, chosen, endpoint)
    store, name = store_of(context), named(context, session)
    with interruptible() as stopped:
        item = leaving(store, name, mask=mask, warn=warned, stopped=stopped)
        item.content, item.service = not no_content, service_name
        item.meta["root_session_id"] = _outermost(store, name)
        if endpoint:
            _send(item, endpoint, header or [], chosen, as_json)
        else:
            _write(item, form, chosen, output, stopped)


def _check(form: str, protocol: str, endpoint: str) -> None:
    if form not in FORMATS:
        raise typer.BadParameter(f"unknown format `{form}`; known: {', '.join(FORMATS)}", param_hint="--format")
    if protocol not in PROTOCOLS:
        raise typer.BadParameter(
            f"unknown protocol `{protocol}`; known: {', '.join(PROTOCOLS)}", param_hint="--protocol"
        )
    if endpoint and form != "otlp":
        raise typer.BadParameter("only `--format otlp` can be sent", param_hint="--endpoint")


def _outermost(store: str, session: str) -> str:
    """Return the session that started the one that started … this one."""
    for _ in range(MAX_DEPTH):
        parent = meta(store, session).get("parent_session_id")
        if not isinstance(parent, str) or not parent or parent == session:
            break
        session = parent
    return session


def _write(leaving: Leaving, form: str, protocol: str, output: str, stopped: Interruption) -> None:
    pieces: Iterator[bytes]
    if form == "otlp" and protocol == PROTOBUF:
        pieces = (body for body, _ in requests(leaving, protocol))
    else:
        pieces = importlib.import_module(f"gateway.exports.{FORMATS[form]}").written(leaving)
        pieces = pieces if output and output != "-" else map(harmless_bytes, pieces)
    if output and output != "-":
        write_file(pieces, os.path.abspath(output), stopped)
        return
    sys.stdout.flush()
    if _has_descriptor(sys.stdout):
        try:
            write_out(pieces, sys.stdout.fileno())
        except BrokenPipeError:  # the reader has seen enough
            raise typer.Exit from None
    else:
        for piece in pieces:
            sys.stdout.buffer.write(piece)


def _has_descriptor(stream: Any) -> bool:
    try:
        stream.fileno()
    except OSError:
        return False
    return True


def _send(leaving: Leaving, endpoint: str, headers: list[str], protocol: str, as_json: bool) -> None:
    from gateway.exports.otlp.sending import Collector, headers_of

    module = encoder(protocol)
    collector = Collector(endpoint, headers_of(headers), module.CONTENT_TYPE)
    for body, spans in requests(leaving, protocol):
        collector.send(body, spans, module.rejected)
    sent = collector.sent
    if as_json:
        data = {
            "endpoint": collector.shown,
            "protocol": protocol,
            "spans": sent.spans,
            "requests": sent.requests,
            "retries": sent.retries,
        }
        sys.stdout.write(dumps({**data, "rejected": sent.rejected, "problems": sent.problems}) + "\n")
    else:
        sys.stderr.write(f"{sent.spans:,} spans sent to {collector.shown} in {sent.requests:,} requests\n")
    if sent.rejected or sent.problems:
        sys.stderr.write(
            f"agent-strace: the collector did not take {sent.rejected:,} spans: {'; '.join(sent.problems) or 'it does not say why'}\n"
        )
    if sent.rejected:
        raise typer.Exit(4)
