"""Programs that keep files: copy, move, delete, list, find, pack. Rows and the readers that a row cannot say."""

from __future__ import annotations

from gateway.shell.programs.rows import readers, table

ROWS = table(
    """
rmdir ; delete* ;  ;
unlink ; delete ;  ;
mkdir ; create* ;  ;
touch ; create* ;  ;
chmod chown chgrp chattr chflags ; text change* ;  ;
setfacl ; change* ;  ;
getfacl stat lstat ; meta* ;  ;
file ; meta* ;  ;
readlink realpath ; meta* ;  ; names
basename dirname ; text* ;  ;
ls dir vdir exa eza lsd ; list* ;  ; names
tree ; list* ;  ; names
du ; meta* ;  ;
df ; meta* ;  ;
truncate ; write* ;  ;
shred srm wipe ; delete* ;  ;
locate mlocate plocate ; text* ;  ; names
mkfifo mknod ; create text* ;  ;
sync ; meta* ;  ;
fallocate ; write ;  ;
trash trash-put rmtrash ; deletetree* ;  ;
mmv rename prename ; text write* ;  ;
zipinfo ; read text* ;  ;
""",
    {
        **readers(
            "archives",
            {
                "tar bsdtar gtar": "read_tar",
                "zip": "read_zip",
                "unzip 7z 7za 7zr 7zz rar unrar cpio": "read_unzip",
                "gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 compress uncompress pigz": "read_gzip",
            },
        ),
        **readers(
            "copying",
            {
                "cp gcp": "read_copy",
                "mv gmv": "read_move",
                "rm grm": "read_remove",
                "ln link": "read_link",
                "install": "read_install",
                "mktemp": "read_mktemp",
                "dd": "read_dd",
            },
        ),
        **readers("finding", {"find gfind": "read_find", "fd fdfind": "read_fd"}),
        **readers(
            "placing",
            {
                "unar cabextract unsquashfs jar": "read_unpacker",
                "pax": "read_pax",
                "ditto": "read_ditto",
                "ar": "read_ar",
            },
        ),
    },
)
"""The table of this family."""
