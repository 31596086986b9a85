"""Identity and secret stores: 1Password, Vault, Doppler, Okta, Auth0, age and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
onepassword-token ; ops_eyJ{token:250+} ; ops_eyJ{alnum:40}
onepassword-secret-key ; A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:5} A3-{upper:6}-{upper:11}-{upper:5}-{upper:5}-{upper:5} ; A3-{upper:6}-{upper:6}
vault-token ; hv(s|b|r).{word:24+} ; hvs.{word:12}
doppler-token ; dp.(pt|ct|sa|scim|audit|scrt).{alnum:40+} dp.st.{alnum:40+} dp.st.{word:2-35}.{alnum:40+} ; dp.pt.{alnum:12}
infisical-token ; st.{hex:24}.{hex:32}.{hex:32} ; st.{hex:24}.{hex:12}
age-key ; AGE-SECRET-KEY-1{bech32:58} ; AGE-SECRET-KEY-1{bech32:20}
authress-key ; (sc|ext|scauth|authress)_{lower:5-30}.{lower:4-6}.acc_{word:10-32}.{padded:30-120} ; sc_{lower:6}.{lower:4}
stytch-secret ; secret-(live|test)-{token:32+} ; secret-live-{alnum:10}
jwt ; eyJ{token:30+} ; eyJ{alnum:40} ; jwt
laravel-key ; APP_KEY=base64:{base64:43}= ; APP_KEY=base64:{base64:6}
crypt-hash ; $6${crypt:4-16}${crypt:86} $5${crypt:4-16}${crypt:43} $y$j9T${crypt:4-40}${crypt:43} ; $6${alnum:8}${alnum:20}
"""
)

NAMED = named_rows(
    """
okta-access-token ; okta ; 00{word:40} {word:42} ; {word:36} ; digit
bitwarden-token ; bws bitwarden ; 0.{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}.{alnum:30}:{base64:22}== ; 0.{hex:8}-{hex:4}-{hex:4}
auth0-secret ; auth0 ; {word:64} ; {word:60} ; digit
onelogin-secret ; onelogin ; {hex:64} ; {hex:60}
lastpass-key ; lastpass ; {hex:64} {alnum:32} ; {hex:60} ; digit
duo-secret ; duo ; {alnum:40} ; {alnum:36} ; digit
keycloak-secret ; keycloak ; {alnum:32} {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {alnum:30} ; digit
django-secret-key ; django ; {word:50} ; {alnum:46} ; digit
rails-master-key ; rails ; {hex:32} {hex:128} ; {hex:30}
vault-legacy-token ; vault ; s.{alnum:24} ; s.{alnum:20}
"""
)
