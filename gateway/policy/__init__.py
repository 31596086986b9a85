"""What a policy document means. Pure: text in, plain data out; matching works on that data.

`parse` and `schema` are off the hook lane (a policy is compiled once); `paths`, `globs`, `pathset`, `hosts`, `words`
and the `judge` functions of `rules/` are on it.
"""
