"""Programs that read text and print text: filters, searches, checksums, pagers. Rows and the readers that a row cannot
say.
"""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.shell.programs.grammar import operand_effects, option_effects, parse_arguments
from gateway.shell.programs.rows import readers, table
from gateway.shell.usage import STDIN_DATA, STDOUT_DATA, STDOUT_DECODED, Usage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.values import Value


def read_base(argv: tuple[Value, ...]) -> Usage:
    """`base64`, `base32`, `basenc`, `uudecode`: with `-d` they decode."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options)
    effects, _ = option_effects(parsed, options)
    found, _ = operand_effects(parsed.operands, "read*")
    decodes = parsed.has("-d", "-D", "--decode") or argv[0].text.endswith("uudecode")
    return Usage(
        effects=(*effects, *found), stdin="" if found else STDIN_DATA, stdout=STDOUT_DECODED if decodes else STDOUT_DATA
    )


def read_xxd(argv: tuple[Value, ...]) -> Usage:
    """`xxd`: with `-r` it decodes."""
    parsed = parse_arguments(argv, every("xxd"))
    effects, _ = operand_effects(parsed.operands, "read write")
    return Usage(
        effects=tuple(effects),
        stdin="" if effects else STDIN_DATA,
        stdout=STDOUT_DECODED if parsed.has("-r") else STDOUT_DATA,
    )


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
cat tac nl bat batcat colordiff delta pygmentize expand unexpand fold fmt pr numfmt ; read* ; data ; data
head tail ; read* ; data ; data
od hexdump hd strings ; read* ; data ; data
sort ; read* ; data ; data
uniq ; read write ; data ; data
cut ; read* ; data ; data
paste join column ; read* ; data ; data
comm ; read* ; data ; data
cmp ; read read text* ;  ; data
diff sdiff diff3 vimdiff ; read* ; data ; data ; -r --recursive
wc ; read* ; data ;
shuf ; read ; data ; data
zgrep zegrep zfgrep ; text read* ; data ; data
xmllint ; read* ; data ; data
xsltproc ; read* ; data ; data
iconv ; read* ; data ; data
dos2unix unix2dos ; edit* ; data ; data
look ; text read ; data ; data
csplit ; read text* ; data ;
split ; read create ; stored ;
tsort ts ; read* ; data ; data
md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum shasum md5 b3sum ; read* ; data ;
uuencode ; read text ; data ; data
yes seq ; text* ;  ;
tee ; write* ; stored ; data
sponge ; write* ; stored ; data
zcat bzcat xzcat zstdcat gzcat lzcat lz4cat ; read* ; data ; decoded
zless zmore ; read* ; data ; data
info ; text* ;  ; data
cloc tokei scc ; read* ;  ; data ; tree
pv ; read* ; data ; data
emacs nano pico micro joe mcedit helix hx kak gedit kate code subl mate zed ; edit* ;  ; data
envsubst ; text* ; data ; data
""",
    {
        **readers(
            "editors",
            {
                "grep egrep fgrep rg ag ack": "pattern_first",
                "sed gsed": "read_sed",
                "awk gawk mawk nawk": "read_awk",
                "less more most": "read_less",
                "man": "read_man",
                "vi vim nvim view rvim gvim": "read_vim",
                "ed ex": "read_ed",
            },
        ),
        **readers("placing", {"patch": "read_patch"}),
        **readers(
            "printing",
            {"echo": "read_echo", "printf": "read_printf", "test [": "read_test", "jq yq gojq jaq dasel": "read_jq"},
        ),
        "base64 base32 basenc uudecode": read_base,
        "xxd": read_xxd,
        "tr": read_tr,
        "rev": read_rev,
    },
)
"""The table of this family."""
