"""One MCP session between a client and a server: what is asked, answered, judged and recorded, whatever carries it.

The machine (`conversation`). Input: one raw message of one side. Output: steps, each a raw message for one side. State:
the requests that have no answer yet (`pending_requests`), the calls that a person is asked about (`elicitation`), the
tools as last listed and the definitions they are held to (`enforcement`, `pinned_definitions`). No sockets, no threads,
and no clock but the one it is given, so a test or a carrier can drive it byte by byte.

    client's request   call?  -> judged, recorded  -> on | refused in its place | held while a person is asked
                       else   -> on, without what policy takes out of what passes
    server's answer    of a call -> recorded, cleaned -> on | withheld in its place;  of a list -> on, without what is
                       refused
    server's request   sampling, elicitation -> judged, recorded -> on | declined towards the server;  else -> on
    anything that cannot be parsed -> refused towards the client that wrote it, dropped when the server wrote it;
    recorded in both cases

Invariants, each of which an attack or a client depends on:

 1. Nothing that counts reaches the other side before the checkpoint has judged and recorded it. (A result may be
 recorded after it was handed on,
    on stdio, where policy changes nothing in it; its call was recorded before.)
 2. Who asked gets exactly one answer. A refusal is an answer in the request's place, never silence: clients wait for
 minutes on a lost id, and
    re-initialize on HTTP 404 or "Connection closed" and send the call again (Claude Code 2.1.330).
 3. Bytes go on as they came unless policy changes the message: re-encoding loses spellings of numbers and prompt-cache
 hits. 4. What is judged is the parsed object, never a header and never a second reading of the bytes
 (`jsonrpc.messages`). 5. A request is known by its id *with the id's JSON type*: `77` and `"77"` are two requests (MCP,
 basic/index; a proxy that mixes them hangs). 6. A person's answer counts once, for the very call it was asked about,
 arguments included. 7. What cannot be cleaned is withheld. The handshake alone goes on without the server's texts, so
 that the refusals after it can be told.

Special cases, and who asked for them:

 - Refusals of `tools/call` are results with `isError: true`, because clients show those to the model and raise on
   JSON-RPC errors (MCP 2025-11-25,
   server/tools, error handling); everything else is refused with an error code outside -32768..-32000, as MCP
   2026-07-28 wants of codes of one's own.
 - Batches are taken on every revision, each member judged for itself: MCP 2025-03-26 has them, 2025-06-18 took them
   out, and the TypeScript SDK
   1.32.2 executes them over HTTP under any revision.
 - Sessions without a handshake (MCP 2026-07-28): each request brings its version and capabilities in `_meta`; servers
   ask with
   `resultType: "input_required"`, and the client's retry carries the answers, ours among them (`elicitation`).
 - `resources/subscribe` without a URI is left to the server: 2026-07-28 has no such method, and Claude Code 2.1.330
   asks in order to find out.
 - Answers to nothing that is pending are recorded and cleaned by the strictest rule: a stream that is taken up again
   (`Last-Event-ID`, MCP
   2025-03-26; polling, SEP-1699) repeats answers of an earlier POST.
 - Error -32042 and results that want input make a client open URLs and fill in forms without an `elicitation/create`
   (MCP 2025-11-25, URL
   elicitation; 2026-07-28): they are judged as the elicitations that they are (`demands`).
 - A result belongs to a call also when a task brings it later (MCP 2025-11-25, tasks; unsolicited since 2026-07-28).
 - Definitions of tools that change behind the client's back are shown as they were, or not at all
   (`pinned_definitions`; "rug pull", the class of
   CVE-2025-54136), since a refused call comes too late where the description itself is the attack.
 - Structured results are made to satisfy their outputSchema again after cleaning (`output_schema`): the TypeScript and
   Python SDKs raise on a
   result that does not, and quote the value.
 - Claude Code prompts by itself for tools whose `_meta` says so, since 2.1.199 (`elicitation`).
"""
