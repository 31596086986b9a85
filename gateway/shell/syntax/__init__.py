"""Bytes to tree: the grammar of bash(1). Pure; knows nothing of what commands do.

The machine is a recursive-descent scanner over one string (`quoting`), and over it a parser of lists, compound commands
and `[[ … ]]`. It reads as GNU bash 5.2 does: one complete line after the other, so that what stands before a syntax
error has run already.

What may not be broken:

* What `bash -n` accepts is parsed, and nothing that bash would run is missing in the tree
  (`tests/shell/test_agreement.py` holds it).
* A text is never quietly cut: what is refused says where, and what stands before it is kept.
* Time and depth are bounded: MAX_TEXT (`parser`), MAX_DEPTH (`quoting`), MAX_VARIANTS (`brace_expansion`), MAX_RETRIES
  (`expansions`).

What is special, and where: here-documents end behind their line (`here_documents`; bash(1), Here Documents), `$(…)` is
parsed and `` `…` `` is unquoted first and then parsed (`expansions`; Command Substitution), `$((` may turn out to be
`$( (` (same), reserved words count only where a command may begin (`compound_commands`; RESERVED WORDS), `{a,b}` is
text until everything else is known (`brace_expansion`).
"""
