"""The wire of MCP: bytes to messages and back, JSON-RPC 2.0 and server-sent events. Knows no policy.

`framing` cuts the stream of stdio into raw messages and `sse` that of HTTP; `messages` parses one raw message into
envelopes; `responses` writes what we say ourselves; `byte_ranges` changes one part of a message and leaves every other
byte; `fast_decoder` parses in C what can be read in one way.

Invariants:

 1. A message means one thing. Whatever two parsers could read in two ways is an error, not a choice: keys that stand
 twice, also with their case
    folded (Go's decoder), a byte order mark, numbers that are not finite, lone surrogates from a client, ids that are
    not a string or an integer (JSON-RPC 2.0 allows null and fractions; the TypeScript SDK 1.32.2 answers id 5.0, the
    Python SDK 2.3.0 takes it for a notification). Both SDKs let the last of two equal keys win, which is how a call is
    smuggled past whoever reads the first.
 2. Lines end with LF alone. U+2028 is legal inside a JSON string, so nothing here splits by Unicode's idea of a line;
 CR before LF is tolerated
    (MCP, basic/transports, stdio: messages hold no embedded newlines).
 3. Any cutting of a stream into chunks gives the same messages, and no line is too long but by the limit that is
 stated. 4. Events of a stream that need no change keep their bytes, comments, ids and `retry` included: clients take
 streams up again by them (SEP-1699). 5. Only ProtocolError leaves these modules for bytes that are wrong.
"""
