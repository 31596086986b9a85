"""Programs that keep files: copy, move, delete, list, find, pack. Rows and the readers that a row cannot say."""

from __future__ import annotations

from gateway.shell.programs.archives import read_gzip, read_tar, read_unzip, read_zip
from gateway.shell.programs.copying import read_copy, read_dd, read_install, read_link, read_mktemp, read_move, read_remove
from gateway.shell.programs.finding import read_fd, read_find
from gateway.shell.programs.rows import table

ROWS = table(
    """
rmdir ; ; delete* ; ;
unlink ; ; delete ; ;
mkdir ; -m=text --mode=text ; create* ; ;
touch ; -d=text -t=text -r=meta --reference=meta --date=text --time=text ; create* ; ;
chmod chown chgrp chattr chflags ; --reference=meta --from=text ; text change* ; ;
setfacl ; -m=text -x=text -M=read -X=read --modify=text --remove=text --restore=read ; change* ; ;
getfacl stat lstat ; -c=text -f=text --format=text --printf=text ; meta* ; ;
file ; -m=read --magic-file=read -f=read --files-from=read -F=text -P=text ; meta* ; ;
readlink realpath ; --relative-to=meta --relative-base=meta ; meta* ; ; names
basename dirname ; -s=text --suffix=text ; text* ; ;
ls dir vdir exa eza lsd ; -I=text -w=text -T=text -L=text --color=text --sort=text --ignore=text --hide=text --block-size=text --time-style=text -s=text --level=text ; list* ; ; names
tree ; -L=text -P=text -I=text -o=write --filelimit=text --fromfile=text ; list* ; ; names
du ; -d=text -t=text -B=text -X=read --max-depth=text --exclude=text --threshold=text --files0-from=read --block-size=text ; meta* ; ;
df ; -t=text -x=text -B=text --output=text ; meta* ; ;
truncate ; -s=text -r=meta --size=text --reference=meta ; write* ; ;
shred srm wipe ; -n=text -s=text --iterations=text --size=text --random-source=read ; delete* ; ;
locate mlocate plocate ; -d=read --database=read -l=text -n=text ; text* ; ; names
ar ; --plugin=read ; text write read* ; ;
mkfifo mknod ; -m=text --mode=text ; create text* ; ;
sync ; ; meta* ; ;
fallocate ; -l=text -o=text --length=text --offset=text ; write ; ;
trash trash-put rmtrash ; ; deletetree* ; ;
mmv rename prename ; ; text write* ; ;
zipinfo ; ; read text* ; ;
""",
    {
        "cp gcp": read_copy,
        "mv gmv": read_move,
        "rm grm": read_remove,
        "ln link": read_link,
        "install": read_install,
        "mktemp": read_mktemp,
        "dd": read_dd,
        "find gfind": read_find,
        "fd fdfind": read_fd,
        "tar bsdtar gtar": read_tar,
        "zip": read_zip,
        "unzip 7z 7za 7zr 7zz rar unrar cpio": read_unzip,
        "gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 compress uncompress pigz": read_gzip,
    },
)
"""The table of this family."""
