"""Options of programs that read text. See the package for how a specification is written. Pure data."""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "grep": "-r/--recursive -R/--dereference-recursive -i/--ignore-case -v/--invert-match -n/--line-number",
    "sed": "-i/--in-place=?text -n/--quiet -e/--expression=code:sed",
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
    "split": ("-b=text -l=text -n=text -C=text -a=text -t=text --bytes=text --lines=text --filter=shell --additional-suffix=text --number=text"),
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
    "sed gsed": ("-e=code:sed -f=script:sed -l=text --expression=code:sed --file=script:sed --line-length=text -i=?text --in-place=?text -I=text"),
    "rg ag ack": (
        "-g=text -t=text -T=text -A=text -B=text -C=text -m=text -e=text -f=read -d=text -j=text -E=text -r=text -M=text"
        " --pre=program --pre-glob=text --glob=text --iglob=text --type=text --type-not=text --max-count=text --max-depth=text"
        " --sort=text --sortr=text --color=text --colors=text --encoding=text --regexp=text --file=read --ignore-file=read"
        " --context=text --after-context=text --before-context=text --replace=text --threads=text --pager=program"
        " --hostname-bin=program --max-columns=text --max-filesize=text --ignore=text --engine=text"
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
