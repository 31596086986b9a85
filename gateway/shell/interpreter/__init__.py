"""A tree to actions: what a command line would do, as far as it can be known. Pure and total.

The machine is an abstract interpreter of bash. A value is a text in which UNKNOWN stands for what cannot be known, with
the sources that flowed into it; a stream is the same for what passes between commands; a scope is what the line knows
where it stands. A walk over the tree yields actions (`interpreter`), and each part of bash is one module that knows the
walk by its protocol only (`interface`).

What may not be broken:

* More is found than would run, never less: both sides of a branch, every definition that a name may have, each `case`.
* What cannot be known is UNKNOWN or opaque, never absent; policy decides what opaque means.
* A value keeps its sources through every expansion, pipe, file and variable: what came from the network and is run says
  so.
* A bound that is hit ends the walk as opaque (`Bounds`, MAX_NESTING, MAX_ROUNDS, MAX_STARTED, MAX_CALLS): time is
  linear in the text.

What is special, and where: a subscript or a number may hold `$(…)` that runs (`arithmetic`; bash(1), ARITHMETIC
EVALUATION), the values of `PS4` and `BASH_ENV` are expanded later by the shell itself (`assignments`; PROMPTING,
INVOCATION), a child shell knows only what was exported, functions by `export -f` among it (`declarations`;
ENVIRONMENT), files that the line writes and then runs are followed (`code_execution`), and a container sees the folders
that are mounted (`mounts`).
"""
