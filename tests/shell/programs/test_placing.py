"""What the programs of `placing` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
unar -o out a.zip => run unar -o out a.zip · read a.zip · write out [unpack] <file:/p/a.zip>
unar a.zip => run unar a.zip · read a.zip · write . [unpack] <file:/p/a.zip>
cabextract -d out a.cab => run cabextract -d out a.cab · read a.cab · write out [unpack] <file:/p/a.cab>
cabextract -l a.cab => run cabextract -l a.cab · read a.cab
unsquashfs a => run unsquashfs a · read a · write squashfs-root [unpack] <file:/p/a>
unsquashfs -d out a => run unsquashfs -d out a · read a · write out [unpack] <file:/p/a>
jar xf a.jar => run jar xf a.jar · read a.jar · write . [unpack] <file:/p/a.jar>
jar xf a.jar -C out => run jar xf a.jar -C out · read a.jar · write out [unpack] <file:/p/a.jar>
jar tf a.jar => run jar tf a.jar · read a.jar
jar cf a.jar src => run jar cf a.jar src · read src [tree] · write a.jar <file:/p/src>
pax -r -f a => run pax -r -f a · read a · write . [unpack] <file:/p/a>
pax -rw src out => run pax -rw src out · read src [tree] · write out [unpack] <file:/p/src>
pax -w -f a src => run pax -w -f a src · read src [tree] · write a <file:/p/src>
ditto a b => run ditto a b · read a [tree] · write b [tree,unpack] <file:/p/a>
ar x a.a => run ar x a.a · read a.a · write . [unpack] <file:/p/a.a>
ar x a.a --output out => run ar x a.a --output out · read a.a · write out [unpack] <file:/p/a.a>
ar rcs a.a x.o => run ar rcs a.a x.o · read x.o · write a.a <file:/p/x.o>
ar t a.a => run ar t a.a · read a.a
rclone copy r:x out => run rclone copy r:x out · write out [unpack]
rclone sync src r:x => run rclone sync src r:x · read src [tree]
cmake -E copy a b.txt => run cmake -E copy a b.txt [runner] · run cp a b.txt · read a · write b.txt <file:/p/a>
cmake -E rm -rf d => run cmake -E rm -rf d [runner] · run rm -rf d · write d [delete,tree]
cmake -E rename a.txt b.txt => run cmake -E rename a.txt b.txt [runner] · run mv a.txt b.txt · read a.txt [tree] · write a.txt [delete,moved] · write b.txt <file:/p/a.txt>
cmake -E capabilities => run cmake -E capabilities [runner]
python3 -m tarfile -e a.tar out => run python3 -m tarfile -e a.tar out · read a.tar · write out [unpack] <file:/p/a.tar>
python3 -m tarfile --extract a.tar => run python3 -m tarfile --extract a.tar · read a.tar · write . [unpack] <file:/p/a.tar>
python3 -m zipfile -e a.zip out => run python3 -m zipfile -e a.zip out · read a.zip · write out [unpack] <file:/p/a.zip>
python3 -m zipfile -c a.zip src => run python3 -m zipfile -c a.zip src · read src [tree] · write a.zip [create] <file:/p/src>
python3 -m zipfile -l a.zip => run python3 -m zipfile -l a.zip · read a.zip
"""
)
