"""What the programs of `archives` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
tar -czf out.tgz src => run tar -czf out.tgz src · read src [tree] · write out.tgz <file:/p/src>
tar xf a.tar -C /opt => run tar xf a.tar -C /opt · read a.tar · write /opt [unpack] <file:/p/a.tar>
tar -cf x.tar --checkpoint=1 --checkpoint-action=exec=id src => run tar -cf x.tar --checkpoint=1 --checkpoint-action=exec=id src · read src [tree] · write x.tar <file:/p/src> · run id
tar -tf a.tar => run tar -tf a.tar · read a.tar
tar cf - src | ssh host 'cat > b.tar' => run tar cf - src · read src [tree] · run ssh host cat > b.tar · connect host <file:/p/src> · run cat [remote]
tar -xf a.tar -I 'sh -c id' => run tar -xf a.tar -I sh -c id · read a.tar · write . [unpack] <file:/p/a.tar> · run sh -c id · run id
unzip a.zip -d out => run unzip a.zip -d out · read a.zip · write out [unpack] <file:/p/a.zip>
unzip -l a.zip => run unzip -l a.zip · read a.zip
zip -r out.zip src => run zip -r out.zip src · read src [tree] · write out.zip <file:/p/src>
zip x.zip y -T -TT 'sh -c id' => run zip x.zip y -T -TT sh -c id · read y · write x.zip <file:/p/y> · run sh -c id · run id
gzip big.log => run gzip big.log · read big.log · write big.log.gz <file:/p/big.log> · write big.log [delete]
gzip -k big.log => run gzip -k big.log · read big.log · write big.log.gz <file:/p/big.log>
zstd big.log => run zstd big.log · read big.log · write big.log.zst <file:/p/big.log>
tar cf x.tar --remove-files src => run tar cf x.tar --remove-files src · read src [tree] · write x.tar <file:/p/src> · write src [delete,tree]
unrar x a.rar out/ => run unrar x a.rar out/ · read a.rar · write out/ [unpack] <file:/p/a.rar>
gunzip -c a.gz => run gunzip -c a.gz · read a.gz
7z x a.7z => run 7z x a.7z · read a.7z · write . [unpack] <file:/p/a.7z>
cpio -id < a.cpio => read a.cpio · run cpio -id · write . [unpack] <file:/p/a.cpio>
tar --to-command=sh -xf a.tar => run tar --to-command=sh -xf a.tar · read a.tar · write . [unpack] <file:/p/a.tar> · run sh <unknown:code> OPAQUE
tar --to-command=cat -xf a.tar => run tar --to-command=cat -xf a.tar · read a.tar · write . [unpack] <file:/p/a.tar> · run cat
"""
)
