"""Options of programs about files. See the package for how a specification is written. Pure data."""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "rm": (
        "-r/-R/--recursive -f/--force -i -I --interactive=?text -v/--verbose -d/--dir --one-file-system --no-preserve-root"
        " --preserve-root=?text --help --version"
    ),
    "cp": "-r/-R/--recursive -f/--force -a/--archive -p/--preserve -v/--verbose",
    "mv": "-f/--force -n/--no-clobber -v/--verbose",
    "ln": "-s/--symbolic -f/--force",
    "chmod": "-R/--recursive -v/--verbose",
    "chown": "-R/--recursive -v/--verbose",
    "chgrp": "-R/--recursive",
    "tar": "-x/--extract -c/--create -t/--list -f/--file=text -z/--gzip -v/--verbose",
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "ln link": "-t=text --target-directory=text -S=text --suffix=text --backup=?text",
    "install": (
        "-m=text --mode=text -o=text --owner=text -g=text --group=text -t=text --target-directory=text -S=text --suffix=text"
        " --strip-program=program --backup=?text --context=?text"
    ),
    "mktemp": "-p=text --tmpdir=?text --suffix=text",
    "unzip": "-d=text -x=text -P=text",
    "cpio": (
        "-F=text --file=text -H=text --format=text -E=read --pattern-file=read -O=write -I=read -D=text --directory=text --rsh-command=program"
        " -M=text --message=text -C=text --io-size=text --block-size=text -R=text --owner=text"
    ),
    "mkdir": "-m=text --mode=text",
    "touch": "-d=text -t=text -r=meta --reference=meta --date=text --time=text",
    "chmod chown chgrp chattr chflags": "--reference=meta --from=text",
    "setfacl": "-m=text -x=text -M=read -X=read --modify=text --remove=text --restore=read",
    "getfacl stat lstat": "-c=text -f=text --format=text --printf=text",
    "file": "-m=read --magic-file=read -f=read --files-from=read -F=text -P=text",
    "readlink realpath": "--relative-to=meta --relative-base=meta",
    "basename dirname": "-s=text --suffix=text",
    "ls dir vdir exa eza lsd": (
        "-I=text -w=text -T=text -L=text --color=text --sort=text --ignore=text --hide=text --block-size=text --time-style=text -s=text --level=text"
    ),
    "tree": "-L=text -P=text -I=text -o=write --filelimit=text --fromfile=text",
    "du": ("-d=text -t=text -B=text -X=read --max-depth=text --exclude=text --threshold=text --files0-from=read --block-size=text"),
    "df": "-t=text -x=text -B=text --output=text",
    "truncate": "-s=text -r=meta --size=text --reference=meta",
    "shred srm wipe": "-n=text -s=text --iterations=text --size=text --random-source=read",
    "locate mlocate plocate": "-d=read --database=read -l=text -n=text",
    "ar": "--plugin=read",
    "mkfifo mknod": "-m=text --mode=text",
    "fallocate": "-l=text -o=text --length=text --offset=text",
    "gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 compress uncompress pigz": "-S=text --suffix=text -o=write -T=text -D=read -M=text --output-dir-flat=write",
    "zip": ("-x=text -i=text -b=text -n=text -t=text -tt=text -O=write --out=write -P=text --password=text -TT=shell --unzip-command=shell -s=text"),
    "tar": (
        "-C=text --directory=text -T=read --files-from=read -X=read --exclude-from=read --exclude=text -I=command"
        " --use-compress-program=command --checkpoint-action=action --checkpoint=?text --to-command=text --rsh-command=program"
        " -F=shell --info-script=shell --new-volume-script=shell --rmt-command=program --strip-components=text --transform=text"
        " --xform=text -b=text -N=text --owner=text --group=text --mode=text --mtime=text -V=text -g=write"
        " --listed-incremental=write --newer=text --index-file=write --suffix=text -K=text -L=text -H=text --format=text"
    ),
    "cp gcp mv gmv": (
        "-t=text --target-directory=text -S=text --suffix=text --backup=?text -Z=?text --context=?text --sparse=text"
        " --reflink=?text --preserve=?text --no-preserve=text"
    ),
    "fd fdfind": (
        "-e=text -t=text -d=text -E=text -S=text -c=text -j=text -x=rest -X=rest --extension=text --type=text --max-depth=text"
        " --exclude=text --base-directory=text --search-path=text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
