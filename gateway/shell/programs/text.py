"""Programs that read text and print text: filters, searches, checksums, pagers. Rows and the readers that a row cannot say."""

from __future__ import annotations

from gateway.shell.programs.editors import pattern_first, read_awk, read_ed, read_less, read_man, read_sed, read_vim
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.programs.printing import read_echo, read_jq, read_printf, read_test
from gateway.shell.programs.rows import table
from gateway.shell.usage import STDIN_DATA, STDOUT_DATA, STDOUT_DECODED, Usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.values import Value

_BASE = "-w=text --wrap=text -i=read -o=write --input=read --output=write"


def read_base(argv: tuple[Value, ...]) -> Usage:
    """`base64`, `base32`, `basenc`, `uudecode`: with `-d` they decode."""
    parsed = parse_arguments(argv, _BASE if argv[0].text.endswith("64") else "-w=text --wrap=text -o=write")
    effects, _ = option_effects(parsed, _BASE)
    found, _ = operand_effects(parsed.operands, "read*")
    decodes = parsed.has("-d", "-D", "--decode") or argv[0].text.endswith("uudecode")
    return Usage(effects=(*effects, *found), stdin="" if found else STDIN_DATA, stdout=STDOUT_DECODED if decodes else STDOUT_DATA)


def read_xxd(argv: tuple[Value, ...]) -> Usage:
    """`xxd`: with `-r` it decodes."""
    parsed = parse_arguments(argv, "-c=text -g=text -l=text -s=text -o=text -n=text -len=text -seek=text -cols=text", words=False)
    effects, _ = operand_effects(parsed.operands, "read write")
    return Usage(effects=tuple(effects), stdin="" if effects else STDIN_DATA, stdout=STDOUT_DECODED if parsed.has("-r") else STDOUT_DATA)


def read_tr(argv: tuple[Value, ...]) -> Usage:
    """`tr`: a substitution of letters is a decoder in the hands of who wants one (`tr a-z n-za-m`)."""
    parsed = parse_arguments(argv, "")
    rotates = len(parsed.operands) == 2 and all("-" in value.text and len(value.text) > 5 for value in parsed.operands)
    return Usage(stdin=STDIN_DATA, stdout=STDOUT_DECODED if rotates else STDOUT_DATA)


def read_rev(argv: tuple[Value, ...]) -> Usage:
    """`rev`: what comes out reads otherwise than what went in."""
    effects, _ = operand_effects(list(argv[1:]), "read*")
    return Usage(effects=tuple(effects), stdin="" if effects else STDIN_DATA, stdout=STDOUT_DECODED)


ROWS = table(
    """
cat tac nl bat batcat colordiff delta pygmentize expand unexpand fold fmt pr numfmt ; -w=text -l=text -h=text --width=text --language=text --style=text --theme=text --line-range=text -r=text -f=text -s=text -o=text ; read* ; data ; data
head tail ; -n=text -c=text --lines=text --bytes=text --pid=text -s=text ; read* ; data ; data
od hexdump hd strings ; -A=text -t=text -N=text -j=text -w=text -n=text -e=text -f=read -s=text ; read* ; data ; data
sort ; -k=text -t=text -S=text -T=text -o=write --output=write --compress-program=program --files0-from=read --key=text --field-separator=text --buffer-size=text --temporary-directory=text --parallel=text --random-source=read ; read* ; data ; data
uniq ; -f=text -s=text -w=text ; read write ; data ; data
cut ; -d=text -f=text -c=text -b=text --delimiter=text --fields=text --output-delimiter=text --characters=text ; read* ; data ; data
paste join column ; -d=text -t=text -s=text -1=text -2=text -o=text -j=text -c=text -N=text -O=text ; read* ; data ; data
comm ; --output-delimiter=text ; read* ; data ; data
cmp ; -n=text -i=text --bytes=text ; read read text* ; ; data
diff sdiff diff3 vimdiff ; -U=text -C=text -x=text -X=read -I=text --exclude=text --exclude-from=read --color=text --label=text -L=text --from-file=read --to-file=read -o=write --output=write ; read* ; data ; data ; -r --recursive
wc ; --files0-from=read ; read* ; data ;
shuf ; -n=text -e=text -i=text -o=write --output=write --random-source=read ; read ; data ; data
zgrep zegrep zfgrep ; -e=text -f=read -m=text -A=text -B=text -C=text ; text read* ; data ; data
xmllint ; --xpath=text --schema=read --dtdvalid=read --output=write -o=write --encode=text --relaxng=read ; read* ; data ; data
xsltproc ; -o=write --output=write --param=text --stringparam=text ; read* ; data ; data
iconv ; -f=text -t=text -o=write --output=write --from-code=text --to-code=text ; read* ; data ; data
dos2unix unix2dos ; -n=text ; edit* ; data ; data
look ; -t=text ; text read ; data ; data
csplit ; -f=create --prefix=create -n=text -b=text ; read text* ; data ;
split ; -b=text -l=text -n=text -C=text -a=text -t=text --bytes=text --lines=text --filter=shell --additional-suffix=text --number=text ; read create ; stored ;
tsort ts ; ; read* ; data ; data
md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum shasum md5 b3sum ; -a=text --algorithm=text -l=text ; read* ; data ;
uuencode ; ; read text ; data ; data
yes seq ; -s=text -f=text -w=text ; text* ; ;
tee ; --output-error=text ; write* ; stored ; data
sponge ; ; write* ; stored ; data
zcat bzcat xzcat zstdcat gzcat lzcat lz4cat ; ; read* ; data ; decoded
zless zmore ; ; read* ; data ; data
info ; -f=read --file=read -o=write --output=write ; text* ; ; data
cloc tokei scc ; --exclude-dir=text --include-lang=text --out=write --report-file=write -o=write ; read* ; ; data ; tree
pv ; -s=text -L=text -N=text ; read* ; data ; data
patch ; -i=read --input=read -o=write --output=write -d=unpack --directory=unpack -p=text -r=write -D=text -B=text ; write read ; data ;
emacs nano pico micro joe mcedit helix hx kak gedit kate code subl mate zed ; --eval=code:elisp -l=read --load=read --goto=text -g=text --line=text --diff=text --install-extension=text ; edit* ; ; data
envsubst ; -v=text ; text* ; data ; data
""",
    {
        "echo": read_echo,
        "printf": read_printf,
        "test [": read_test,
        "jq yq gojq jaq dasel": read_jq,
        "base64 base32 basenc uudecode": read_base,
        "xxd": read_xxd,
        "tr": read_tr,
        "rev": read_rev,
        "grep egrep fgrep rg ag ack": pattern_first,
        "sed gsed": read_sed,
        "awk gawk mawk nawk": read_awk,
        "less more most": read_less,
        "man": read_man,
        "vi vim nvim view rvim gvim": read_vim,
        "ed ex": read_ed,
    },
)
"""The table of this family."""
