"""Payments and banking: Stripe, Square, PayPal, Plaid, Adyen, Razorpay and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
stripe-key ; (sk|rk)_(live|test|prod)_{alnum:10+} sk_org_live_{alnum:10+} ; sk_live_{alnum:6} sk_life_{alnum:24}
stripe-webhook-secret ; whsec_{base64:32+} ; whsec_{alnum:12}
square-token ; sq0(atp|csp|idp)-{word:22-43} EAAA{word:60} ; sq0atp-{word:12} EAAA{word:30}
braintree-token ; access_token$(production|sandbox)${lower:16}${hex:32} ; access_token$sandbox${lower:8}
plaid-token ; access-(sandbox|development|production)-{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; access-sandbox-{hex:8}
adyen-key ; AQE{alnum:1}hm{base64:40+} ; AQE{alnum:12}
razorpay-key ; rzp_(live|test)_{alnum:14} ; rzp_live_{alnum:8}
paystack-key ; sk_(live|test)_{hex:40} ; sk_live_{hex:6}
flutterwave-key ; FLW(PUBK|SECK)(_TEST-|-){hex:32}-X ; FLWSECK-{hex:12}-X
flutterwave-encryption-key ; FLWSECK_TEST{hex:12} ; FLWSECK_TEST{hex:6}
midtrans-key ; Mid-server-{word:24} SB-Mid-server-{word:24} ; Mid-server-{word:12}
xendit-key ; xnd_(production|development)_{alnum:40+} ; xnd_production_{alnum:12}
gocardless-token ; live_{word:40} ; live_{word:20} ; mixed
lob-key ; (live|test)_{hex:35} (live|test)_pub_{hex:31} ; test_{hex:20}
easypost-key ; EZ(A|T)K{alnum:54} ; EZAK{alnum:20}
duffel-token ; duffel_(test|live)_{token:43} ; duffel_test_{alnum:20}
shippo-token ; shippo_(live|test)_{hex:40} ; shippo_live_{hex:20}
settlemint-token ; sm_(aat|pat|sat)_{alnum:16} ; sm_aat_{alnum:8}
mollie-key ; (live|test)_{alnum:30} ; live_{alnum:10} ; mixed
checkout-key ; sk_sbox_{lower:26+} ; sk_sbox_{lower:10}
"""
)

NAMED = named_rows(
    """
finicity-client-secret ; finicity ; {alnum:20} ; {alnum:18} ; digit
finicity-api-token ; finicity ; {hex:32} ; {hex:30}
plaid-client-id ; plaid ; {alnum:24} ; {alnum:20} ; digit
plaid-secret ; plaid ; {alnum:30} ; {alnum:28} ; digit
paypal-client-secret ; paypal braintree ; {word:80} {hex:32} ; {word:72} ; digit
finnhub-token ; finnhub ; {alnum:20} ; {alnum:18} ; digit
freshbooks-token ; freshbooks ; {lower:64} ; {lower:60} ; digit
etsy-token ; etsy ; {alnum:24} ; {alnum:20} ; digit
coinbase-token ; coinbase ; {word:64} ; {word:60} ; digit
dwolla-key ; dwolla ; {alnum:50} ; {alnum:46} ; digit
chargebee-key ; chargebee ; live_{alnum:31-60} test_{alnum:31-60} ; live_{alnum:20}
wise-token ; wise transferwise ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
recurly-key ; recurly ; {hex:32} ; {hex:30}
"""
)
