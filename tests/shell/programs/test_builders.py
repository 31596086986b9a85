"""What the programs of `builders` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
make -C sub all => run make -C sub all [runner]
make -f Other.mk => run make -f Other.mk [runner] · read Other.mk
cmake -S . -B build => run cmake -S . -B build [runner]
ninja -C build => run ninja -C build [runner]
gcc -o a.out main.c => run gcc -o a.out main.c · read main.c · write a.out <file:/p/main.c>
cargo build => run cargo build [runner]
bazel run //x:y => run bazel run //x:y [runner]
"""
)
