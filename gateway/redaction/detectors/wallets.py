"""Exchanges and blockchains: Coinbase, Kraken, Binance, wallet keys and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
extended-private-key ; (x|y|z|t)prv{base58:107-108} ; xprv{base58:40}
coinbase-cdp-key ; organizations/{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}/apiKeys/{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; organizations/{hex:8}
alchemy-key ; alcht_{alnum:30} ; alcht_{alnum:12}
nostr-key ; nsec1{lower:58} ; nsec1{lower:20}
"""
)

NAMED = named_rows(
    """
ethereum-private-key ; private_key privatekey priv_key deployer mnemonic wallet ; 0x{xdigit:64} {xdigit:64} ; 0x{xdigit:60}
kraken-token ; kraken ; {base64:86}== ; {alnum:70} ; mixed
kucoin-token ; kucoin ; {hex:24} ; {hex:22}
kucoin-secret ; kucoin ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
bittrex-key ; bittrex ; {lower:32} ; {lower:30} ; digit
binance-key ; binance ; {alnum:64} ; {alnum:60} ; mixed
bybit-key ; bybit ; {alnum:18} {alnum:36} ; {alnum:16} ; digit
infura-key ; infura ; {hex:32} ; {hex:30}
etherscan-key ; etherscan bscscan polygonscan ; {upper:34} ; {upper:30} ; digit
alchemy-project-key ; alchemy ; {word:32} ; {word:30} ; digit
polymarket-key ; polymarket poly_api ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} {base64:43}= ; {alnum:40}
wallet-import-key ; wif bitcoin wallet private_key privatekey ; 5{base58:50} (K|L){base58:51} ; K{base58:48} ; base58check
"""
)
