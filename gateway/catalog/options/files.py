"""Options of programs about files. See the package for how a specification is written. Pure data.

Checked against the manuals of GNU coreutils 9.1 (cp, mv, ln, install, mktemp, du, rm), GNU tar 1.34, GNU cpio 2.13,
Info-ZIP zip 3.0 and unzip 6.0. What BSD and GNU read otherwise (`cp -S`, `install -D -T`, `tar -s`) is left out of
`OPTIONS`: both readings then count.
"""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "tar": (
        "-A/--catenate/--concatenate -c/--create -d/--diff/--compare --delete -r/--append -t/--list --test-label"
        " -u/--update -x/--extract/--get --show-defaults --usage --version --check-device -g/--listed-incremental=write"
        " --hole-detection=text -G/--incremental --ignore-failed-read --level=text -n/--seek --no-check-device --no-seek"
        " --occurrence=?text --restrict --sparse-version=text -S/--sparse -k/--keep-old-files --keep-newer-files"
        " --keep-directory-symlink --no-overwrite-dir --one-top-level=?text --overwrite --overwrite-dir"
        " --recursive-unlink --remove-files --skip-old-files -U/--unlink-first -W/--verify --ignore-command-error"
        " --no-ignore-command-error -O/--to-stdout --to-command=text --atime-preserve=?text --delay-directory-restore"
        " --group=text --group-map=text --mode=text --mtime=text -m/--touch --no-delay-directory-restore --no-same-owner"
        " --no-same-permissions --numeric-owner --owner=text --owner-map=text"
        " -p/--preserve-permissions/--same-permissions --same-owner --preserve-order/--same-order --sort=text --acls"
        " --no-acls --selinux --no-selinux --xattrs --no-xattrs --xattrs-exclude=text --xattrs-include=text"
        " -f/--file=text --force-local -F/--info-script/--new-volume-script=shell -L/--tape-length=text -M/--multi-volume"
        " --rmt-command=program --rsh-command=program --volno-file=text -b/--blocking-factor=text -B/--read-full-records"
        " -i/--ignore-zeros --record-size=text -H/--format=text --old-archive/--portability --pax-option=text --posix"
        " -V/--label=text -a/--auto-compress -I/--use-compress-program=command -j/--bzip2 -J/--xz --lzip --lzma --lzop"
        " --no-auto-compress -z/--gzip/--gunzip/--ungzip -Z/--compress/--uncompress --zstd --add-file=text --backup=?text"
        " -C/--directory=text --exclude=text --exclude-backups --exclude-caches --exclude-caches-all"
        " --exclude-caches-under --exclude-ignore=text --exclude-ignore-recursive=text --exclude-tag=text"
        " --exclude-tag-all=text --exclude-tag-under=text --exclude-vcs --exclude-vcs-ignores -h/--dereference"
        " --hard-dereference -K/--starting-file=text --newer-mtime=text --no-null --no-recursion --no-unquote"
        " --no-verbatim-files-from --null -N/--newer/--after-date=text --one-file-system -P/--absolute-names --recursion"
        " --suffix=text -T/--files-from=read --unquote --verbatim-files-from -X/--exclude-from=read"
        " --strip-components=text --transform/--xform=text --anchored --ignore-case --no-anchored --no-ignore-case"
        " --no-wildcards --no-wildcards-match-slash --wildcards --wildcards-match-slash --checkpoint=?text"
        " --checkpoint-action=action --clamp-mtime --full-time --index-file=write -l/--check-links --no-quote-chars=text"
        " --quote-chars=text --quoting-style=text -R/--block-number --show-omitted-dirs"
        " --show-transformed-names/--show-stored-names --totals=?text --utc -v/--verbose --warning=text"
        " -w/--interactive/--confirmation -o"
    ),
    "du": (
        "--null -a/--all --apparent-size -B/--block-size=text -b/--bytes -c/--total -D/--dereference-args"
        " -d/--max-depth=text --files0-from=read -H -h/--human-readable --inodes -k -L/--dereference -l/--count-links -m"
        " -P/--no-dereference -S/--separate-dirs --si -s/--summarize -t/--threshold=text --time --time-style=text"
        " -X/--exclude-from=read --exclude=text -x/--one-file-system --help --version"
    ),
    "install": (
        "--backup=?text -b -c -C/--compare -d/--directory -g/--group=text -m/--mode=text -o/--owner=text"
        " -p/--preserve-timestamps -s/--strip --strip-program=program -S/--suffix=text -t/--target-directory=text"
        " --no-target-directory -v/--verbose --preserve-context -Z --context=?text --help --version"
    ),
    "ln": (
        "--backup=?text -b -d/-F/--directory -f/--force -i/--interactive -L/--logical -n/--no-dereference -P/--physical"
        " -r/--relative -s/--symbolic -S/--suffix=text -t/--target-directory=text -T/--no-target-directory -v/--verbose"
        " --help --version"
    ),
    "mv": (
        "--backup=?text -b -f/--force -i/--interactive -n/--no-clobber --strip-trailing-slashes -S/--suffix=text"
        " -t/--target-directory=text -T/--no-target-directory -u/--update -v/--verbose -Z/--context --help --version"
    ),
    "cp": (
        "-a/--archive --attributes-only --backup=?text -b --copy-contents -d -f/--force -i/--interactive -H -l/--link"
        " -L/--dereference -n/--no-clobber -P/--no-dereference -p --preserve=?text --no-preserve=text --parents"
        " -R/-r/--recursive --reflink=?text --remove-destination --sparse=text --strip-trailing-slashes"
        " -s/--symbolic-link --suffix=text -t/--target-directory=text -T/--no-target-directory -u/--update -v/--verbose"
        " -x/--one-file-system -Z --context=?text --help --version"
    ),
    "rm": (
        "-r/-R/--recursive -f/--force -i -I --interactive=?text -v/--verbose -d/--dir --one-file-system --no-preserve-root"
        " --preserve-root=?text --help --version"
    ),
    "chmod": "-R/--recursive -v/--verbose",
    "chown": "-R/--recursive -v/--verbose",
    "chgrp": "-R/--recursive",
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
    "du": (
        "-d=text -t=text -B=text -X=read --max-depth=text --exclude=text --threshold=text --files0-from=read --block-size=text"
    ),
    "df": "-t=text -x=text -B=text --output=text",
    "truncate": "-s=text -r=meta --size=text --reference=meta",
    "shred srm wipe": "-n=text -s=text --iterations=text --size=text --random-source=read",
    "locate mlocate plocate": "-d=read --database=read -l=text -n=text",
    "ar": "--plugin=read --output=text --target=text",
    "pax": "-f=text -s=text -x=text -o=text -b=text -p=text -E=text -U=text -G=text -T=text",
    "ditto": "--arch=text --bom=text --rsrc=text",
    "mkfifo mknod": "-m=text --mode=text",
    "fallocate": "-l=text -o=text --length=text --offset=text",
    "gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 compress uncompress pigz": "-S=text --suffix=text -o=write -T=text -D=read -M=text --output-dir-flat=write",
    "zip": (
        "-x=text -i=text -b=text -n=text -t=text -tt=text -O=write --out=write -P=text --password=text -TT=shell --unzip-command=shell -s=text"
        " --before-date=text --temp-path=text --dot-size=text --include=text --logfile-path=write --suffixes=text"
        " --output-file=write --split-size=text --from-date=text --unicode=text --exclude=text --compression-method=text"
    ),
    "tar": (
        "-C=text --directory=text -T=read --files-from=read -X=read --exclude-from=read --exclude=text -I=command"
        " --use-compress-program=command --checkpoint-action=action --checkpoint=?text --to-command=text --rsh-command=program"
        " -F=shell --info-script=shell --new-volume-script=shell --rmt-command=program --strip-components=text --transform=text"
        " --xform=text -b=text -N=text --owner=text --group=text --mode=text --mtime=text -V=text -g=write"
        " --listed-incremental=write --newer=text --index-file=write --suffix=text -K=text -L=text -H=text --format=text"
    ),
    "cp gcp mv gmv": (
        "-t=text --target-directory=text -S=text --suffix=text --backup=?text -Z --context=?text --sparse=text"
        " --reflink=?text --preserve=?text --no-preserve=text"
    ),
    "fd fdfind": (
        "-e=text -t=text -d=text -E=text -S=text -c=text -j=text -x=rest -X=rest --extension=text --type=text --max-depth=text"
        " --exclude=text --base-directory=text --search-path=text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
