"""`record-http`: an MCP server behind a URL, behind the gate: the same policy as at every door, and the same record."""

from __future__ import annotations

import gc
import os
from typing import Annotated

import typer

from gateway.checkpoint import Checkpoint
from gateway.cli.mcp_options import (
    ApprovePins,
    DenyStyle,
    Forward,
    Mask,
    Observe,
    Policy,
    Project,
    Redact,
    named_store,
    settings_of,
)
from gateway.cli.mcp_place import Standing, standing
from gateway.cli.record import approval_of, approve_tools
from gateway.doors.mcp.http.access_control import Guard, is_loopback
from gateway.doors.mcp.http.address import Address, address_of
from gateway.doors.mcp.http.pin_check import listed
from gateway.doors.mcp.http.proxy import HttpProxy, serve
from gateway.doors.mcp.session.conversation import Conversation
from gateway.doors.mcp.session.enforcement import Gate
from gateway.doors.mcp.session.server_name import name_of_url
from gateway.host import event_loop
from gateway.host.attribution import attribution
from gateway.host.client_project import whereabouts
from gateway.host.operator_log import Log, operator_log
from gateway.host.pins import PinFile
from gateway.model.errors import GatewayError
from gateway.model.record import Record

NEW_OBJECTS = 20_000
"""New containers after which the garbage is looked through: a call makes hundreds, and next to none of them in circles.
"""


class Place(Record):
    """Where the proxy listens and to whom it answers."""

    __slots__ = ("host", "names", "port", "token_env")

    def __init__(self, host: str, port: int, token_env: str, names: tuple[str, ...]) -> None:
        self.host = host
        self.port = port
        self.token_env = token_env
        self.names = names


def command(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The server.", show_default=False)],
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port to listen on; 0 picks a free one.")
    ] = 3100,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on; beyond loopback only with a token.")
    ] = "127.0.0.1",
    token_env: Annotated[
        str,
        typer.Option("--token-env", metavar="VARIABLE", help="Environment variable with the token that clients send."),
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name clients may call the proxy."),
    ] = None,
    name: Annotated[
        str,
        typer.Option(
            "--name", metavar="NAME", help="The server's name in policies and records; default: from its host."
        ),
    ] = "",
    policy: Policy = "",
    project: Project = "",
    observe: Observe = False,
    redact: Redact = False,
    mask: Mask = False,
    forward: Forward = False,
    approve_pins: ApprovePins = False,
    server_token_env: Annotated[
        str,
        typer.Option(
            "--server-token-env",
            metavar="VARIABLE",
            help="For --approve-pins: environment variable with the server's token.",
        ),
    ] = "",
    deny_style: DenyStyle = "result",
) -> None:
    """Proxy the MCP server at URL: record and enforce the policy, until interrupted."""
    del redact
    address = address_of(url)
    if approve_pins:
        approve_tools(PinFile(identity_of(address)), listed(address, os.environ.get(server_token_env, "")))
        return
    where = whereabouts(project, policy)
    found = standing(
        settings_of(named_store(context), where, observe=observe, mask=mask, forward=forward), os.getcwd(), where
    )
    run(
        address,
        Place(host, port, token_env, tuple(allow_host or ())),
        found,
        name=name or name_of_url(url),
        deny_style=deny_style,
    )


def run(address: Address, place: Place, standing: Standing, *, name: str, deny_style: str) -> None:
    """Serve until a signal ends it. Raises GatewayError when that cannot begin."""
    guard = guard_of(place)
    log = operator_log("http")
    cwd = os.getcwd()
    gate = Gate(
        Checkpoint(standing.settings),
        cwd=cwd,
        pins=PinFile(identity_of(address)),
        approve=approval_of("record-http", [address.shown]),
        tell=lambda line: log.warning("a tool's definition", problem=line),
    )
    known = {
        "agent_name": name,
        "command": f"record-http {address.shown}",
        "attribution": attribution(cwd, "mcp-client"),
    }

    def begin() -> Conversation:
        conversation = Conversation(gate, server=name, deny_style=deny_style)
        problem = conversation.opened(known)
        if problem:
            log.warning("not recorded", problem=problem)
        conversation.defer()
        return conversation

    def ready(port: int) -> None:
        shown = f"[{place.host}]" if ":" in place.host else place.host
        log.info(
            "listening", url=f"http://{shown}:{port}{address.path if address.path != '/' else ''}", server=address.shown
        )
        for warning in standing.warnings:
            log.warning(warning)
        if standing.policies and standing.revision:
            log.info("policy in force", policy=", ".join(standing.policies), revision=standing.revision)
        gc.collect()
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS)

    _in_the_clear(address, log)
    event_loop.run(serve(HttpProxy(address, guard, begin, log), place.host, place.port, ready))


def identity_of(address: Address) -> str:
    """Return what a server is, for its pins: where it is."""
    return f"url:{address.shown}"


def guard_of(place: Place) -> Guard:
    """Return who may speak to the proxy. Raises GatewayError when anybody could."""
    token = os.environ.get(place.token_env, "") if place.token_env else ""
    if place.token_env and not token:
        raise GatewayError(
            f"the environment variable `{place.token_env}` is not set", "it holds the token that clients send"
        )
    if not token and not is_loopback(place.host):
        raise GatewayError(
            f"will not listen on {place.host} for anybody",
            "set a token in an environment variable and name it with --token-env",
        )
    return Guard(place.host, token=token, names=place.names)


def _in_the_clear(address: Address, log: Log) -> None:
    host = address.origin.rpartition("://")[2].rpartition(":")[0] or address.origin.rpartition("://")[2]
    if address.origin.startswith("http:") and not is_loopback(host.strip("[]")):
        log.warning("what passes to the server can be read on the way", server=address.shown)
