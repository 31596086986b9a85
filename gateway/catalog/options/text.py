"""Options of programs that read text. See the package for how a specification is written. Pure data.

Checked against the manuals of GNU coreutils 9.1 (sort, head, tail, uniq, cut, tee, wc), GNU grep 3.8, GNU sed 4.9,
ripgrep 13.0, less 590 and man-db 2.11. What BSD and GNU read otherwise (`sed -l`) is left out of `OPTIONS`: both
readings then count.
"""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "wc": ("-c/--bytes -m/--chars -l/--lines --files0-from=read -L/--max-line-length -w/--words --help --version"),
    "tee": ("-a/--append -i/--ignore-interrupts -p --output-error=?text --help --version"),
    "cut": (
        "-b/--bytes=text -c/--characters=text -d/--delimiter=text -f/--fields=text -n --complement -s/--only-delimited"
        " --output-delimiter=text -z/--zero-terminated --help --version"
    ),
    "uniq": (
        "-c/--count -d/--repeated -D --all-repeated=?text -f/--skip-fields=text --group=?text -i/--ignore-case"
        " -s/--skip-chars=text -u/--unique -z/--zero-terminated -w/--check-chars=text --help --version"
    ),
    "sed": (
        "-n/--quiet/--silent --debug -e/--expression=code:sed -f/--file=script:sed --follow-symlinks -i/--in-place=?text"
        " --line-length=text --posix -E/-r/--regexp-extended -s/--separate --sandbox -u/--unbuffered -z/--null-data"
        " --help --version"
    ),
    "grep": (
        "--help -V/--version -E/--extended-regexp -F/--fixed-strings -G/--basic-regexp -P/--perl-regexp -e/--regexp=text"
        " -f/--file=read -i/--ignore-case --no-ignore-case -v/--invert-match -w/--word-regexp -x/--line-regexp -c/--count"
        " --color/--colour=?text -L/--files-without-match -l/--files-with-matches -m/--max-count=text -o/--only-matching"
        " -q/--quiet/--silent -s/--no-messages -b/--byte-offset -H/--with-filename -h/--no-filename --label=text"
        " -n/--line-number -T/--initial-tab -Z/--null -A/--after-context=text -B/--before-context=text -C/--context=text"
        " --group-separator=text --no-group-separator -a/--text --binary-files=text -D/--devices=text"
        " -d/--directories=text --exclude=text --exclude-from=read --exclude-dir=text -I --include=text -r/--recursive"
        " -R/--dereference-recursive --line-buffered -U/--binary -z/--null-data"
    ),
    "tail": (
        "-c/--bytes=text -f/--follow=?text -F -n/--lines=text --max-unchanged-stats=text --pid=text -q/--quiet/--silent"
        " --retry -s/--sleep-interval=text -v/--verbose -z/--zero-terminated --help --version"
    ),
    "head": ("-c/--bytes=text -n/--lines=text -q/--quiet/--silent -v/--verbose -z/--zero-terminated --help --version"),
    "sort": (
        "-b/--ignore-leading-blanks -d/--dictionary-order -f/--ignore-case -g/--general-numeric-sort"
        " -i/--ignore-nonprinting -M/--month-sort -h/--human-numeric-sort -n/--numeric-sort -R/--random-sort"
        " --random-source=read -r/--reverse --sort=text -V/--version-sort --batch-size=text -c --check=?text -C"
        " --compress-program=program --debug --files0-from=read -k/--key=text -m/--merge -o/--output=write -s/--stable"
        " -S/--buffer-size=text -t/--field-separator=text -T/--temporary-directory=text --parallel=text -u/--unique"
        " -z/--zero-terminated --help --version"
    ),
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "cat tac nl bat batcat colordiff delta pygmentize expand unexpand fold fmt pr numfmt": (
        "-w=text -l=text -h=text --width=text --language=text --style=text --theme=text --line-range=text -r=text -f=text -s=text -o=text"
    ),
    "head tail": "-n=text -c=text --lines=text --bytes=text --pid=text -s=text",
    "od hexdump hd strings": "-A=text -t=text -N=text -j=text -w=text -n=text -e=text -f=read -s=text",
    "sort": (
        "-k=text -t=text -S=text -T=text -o=write --output=write --compress-program=program --files0-from=read --key=text"
        " --field-separator=text --buffer-size=text --temporary-directory=text --parallel=text --random-source=read"
    ),
    "uniq": "-f=text -s=text -w=text",
    "cut": "-d=text -f=text -c=text -b=text --delimiter=text --fields=text --output-delimiter=text --characters=text",
    "paste join column": "-d=text -t=text -s=text -1=text -2=text -o=text -j=text -c=text -N=text -O=text",
    "comm": "--output-delimiter=text",
    "cmp": "-n=text -i=text --bytes=text",
    "diff sdiff diff3 vimdiff": (
        "-U=text -C=text -x=text -X=read -I=text --exclude=text --exclude-from=read --color=text --label=text -L=text"
        " --from-file=read --to-file=read -o=write --output=write"
    ),
    "wc": "--files0-from=read",
    "shuf": "-n=text -e=text -i=text -o=write --output=write --random-source=read",
    "zgrep zegrep zfgrep": "-e=text -f=read -m=text -A=text -B=text -C=text",
    "xmllint": "--xpath=text --schema=read --dtdvalid=read --output=write -o=write --encode=text --relaxng=read",
    "xsltproc": "-o=write --output=write --param=text --stringparam=text",
    "iconv": "-f=text -t=text -o=write --output=write --from-code=text --to-code=text",
    "dos2unix unix2dos": "-n=text",
    "look": "-t=text",
    "csplit": "-f=create --prefix=create -n=text -b=text",
    "split": (
        "-b=text -l=text -n=text -C=text -a=text -t=text --bytes=text --lines=text --filter=shell --additional-suffix=text --number=text"
    ),
    "md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum shasum md5 b3sum": "-a=text --algorithm=text -l=text",
    "yes seq": "-s=text -f=text -w=text",
    "tee": "--output-error=text",
    "info": "-f=read --file=read -o=write --output=write",
    "cloc tokei scc": "--exclude-dir=text --include-lang=text --out=write --report-file=write -o=write",
    "pv": "-s=text -L=text -N=text",
    "patch": "-i=read --input=read -o=write --output=write -d=unpack --directory=unpack -p=text -r=write -D=text -B=text",
    "emacs nano pico micro joe mcedit helix hx kak gedit kate code subl mate zed": "--eval=code:elisp -l=read --load=read --goto=text -g=text --line=text --diff=text --install-extension=text",
    "envsubst": "-v=text",
    "vi vim nvim view rvim gvim": (
        "-c=code:vim --cmd=code:vim -S=script:vim -s=read -u=script:vim -U=script:vim -i=text -w=write -W=write -T=text -t=text"
        " -q=read -r=text -p=?text -o=?text -O=?text"
    ),
    "awk gawk mawk nawk": (
        "-f=script:awk -v=text -F=text -i=text -l=text -e=code:awk --file=script:awk --assign=text --field-separator=text"
        " --source=code:awk --include=text"
    ),
    "sed gsed": (
        "-e=code:sed -f=script:sed -l=text --expression=code:sed --file=script:sed --line-length=text -i=?text --in-place=?text -I=text"
    ),
    "rg ag ack": (
        "-g=text -t=text -T=text -A=text -B=text -C=text -m=text -e=text -f=read -d=text -j=text -E=text -r=text -M=text"
        " --pre=program --pre-glob=text --glob=text --iglob=text --type=text --type-not=text --max-count=text --max-depth=text"
        " --sort=text --sortr=text --color=text --colors=text --encoding=text --regexp=text --file=read --ignore-file=read"
        " --context=text --after-context=text --before-context=text --replace=text --threads=text --pager=program"
        " --hostname-bin=program --max-columns=text --max-filesize=text --ignore=text --engine=text"
        " --context-separator=text --dfa-size-limit=text --field-context-separator=text --field-match-separator=text"
        " --path-separator=text --regex-size-limit=text --type-add=text --type-clear=text"
    ),
    "grep egrep fgrep": (
        "-e=text -f=read -m=text -A=text -B=text -C=text -d=text -D=text --regexp=text --file=read --include=text"
        " --exclude=text --exclude-from=read --exclude-dir=text --max-count=text --context=text --after-context=text"
        " --before-context=text --color=?text --colour=?text --label=text --binary-files=text"
    ),
    "jq yq gojq jaq dasel": "-f=read --from-file=read -L=text --indent=text --tab=text -o=text -p=text --output-format=text --input-format=text",
    "base64": "-w=text --wrap=text -i=read -o=write --input=read --output=write",
    "base32 basenc uudecode": "-w=text --wrap=text -o=write --output=write",
    "xxd": "-c=text -g=text -l=text -s=text -o=text -n=text -len=text -seek=text -cols=text",
    "less more most": (
        "-o=write -O=write --log-file=write -p=text --pattern=text -P=text --prompt=text -t=text --tag=text -T=read --tag-file=read -k=read"
        " --lesskey-file=read --lesskey-src=read --lesskey-content=text -j=text --jump-target=text -x=text --tabs=text -y=text -z=text"
        " --window=text -b=text --buffers=text -h=text --max-back-scroll=text --max-forw-scroll=text -D=text --color=text"
    ),
    "man": (
        "-P=command --pager=command -H=?command --html=?command -C=read --config-file=read -M=text --manpath=text -S=text -s=text --sections=text"
        " -L=text --locale=text -m=text --systems=text -e=text --extension=text -r=text --prompt=text -p=text --preprocessor=text -E=text"
        " --encoding=text -R=text --recode=text -T=?text --troff-device=?text -X=?text --gxditview=?text --warnings=?text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
