"""Business services: Shopify, HubSpot, Airtable, Notion, Figma, Salesforce, Asana and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
shopify-token ; shp(at|ca|pa|ss|ua)_{hex:32} ; shpat_{hex:12} shpxx_{hex:32}
hubspot-token ; pat-(na|eu|ap)(1|2|3)-{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; pat-na1-{hex:8}
airtable-token ; pat{alnum:14}.{hex:64} ; pat{alnum:14}.{hex:20}
notion-token ; ntn_{alnum:40+} secret_{alnum:43} ; ntn_{alnum:12} secret_{az:8}
figma-token ; fig(d|u|o|a|oh|or)_{word:40+} ; figd_{word:12}
contentful-token ; CFPAT-{word:43} ; CFPAT-{word:12}
adobe-secret ; p8e-{word:32} ; p8e-{word:12}
frameio-token ; fio-u-{token:64} ; fio-u-{alnum:20}
mapbox-token ; (sk|tk).eyJ{word:40+}.{word:20+} pk.eyJ{word:60+}.{word:20+} ; sk.eyJ{alnum:10}
clickup-token ; pk_{digit:5-9}_{upper:32} ; pk_{digit:6}_{upper:10}
salesforce-token ; 00D{alnum:12}!{dotted:60+} ; 00D{alnum:12}!{alnum:20}
salesforce-refresh-token ; 5Aep861{dotted:70+} ; 5Aep861{alnum:20}
klaviyo-key ; pk_{hex:34} ; pk_{hex:12}
calcom-key ; cal_live_{hex:32} ; cal_live_{hex:12}
canva-secret ; cnvca{word:40+} ; cnvca{word:12} ; mixed
cloudinary-url ; cloudinary://{digit:12-18}:{word:20-30}@{word:3+} ; cloudinary://{digit:4}:{word:4}
prismic-token ; MC5{word:40+}.{tilde:20+} ; MC5{alnum:10}
"""
)

NAMED = named_rows(
    """
adobe-client-id ; adobe ; {hex:32} ; {hex:30}
airtable-key ; airtable ; key{alnum:14} {alnum:17} ; {alnum:14} ; digit
asana-client-id ; asana ; {digit:16} ; {digit:14}
asana-client-secret ; asana ; {lower:32} ; {lower:30} ; digit
beamer-key ; beamer ; b_{word:44} ; b_{word:40}
freshdesk-key ; freshdesk freshservice freshworks ; {alnum:20} ; {alnum:18} ; digit
hubspot-key ; hubspot hapi ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
mapbox-secret ; mapbox ; {dotted:80-120} ; {alnum:60} ; digit
monday-token ; monday ; {dotted:100-400} ; {alnum:60} ; digit
newyorktimes-token ; nytimes newyorktimes new_york_times ; {word:32} ; {alnum:30} ; digit
rapidapi-key ; rapidapi rapid_api ; {word:50} ; {word:46} ; digit
squarespace-token ; squarespace ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
trello-token ; trello ; {alnum:32} {hex:64} ATTA{hex:72} ; {alnum:30} ; digit
yandex-token ; yandex ; {word:39} y0_{word:50-60} ; {word:36} ; digit
zendesk-key ; zendesk ; {alnum:40} ; {alnum:36} ; digit
salesforce-secret ; salesforce sfdc ; {digit:19} {upper:64} ; {upper:60}
docusign-key ; docusign ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
dropbox-secret ; dropbox ; {word:64} ; {lower:12} ; digit
openweather-key ; openweather owm_ ; {hex:32} ; {hex:30}
google-maps-legacy-key ; google_maps gmaps ; {word:39} ; {word:36} ; digit
typeform-key ; typeform ; {word:44} ; {word:40} ; digit
freemius-key ; freemius ; sk_{word:29} ; sk_{word:20}
sanity-token ; sanity ; sk{alnum:80-180} ; sk{alnum:40} ; digit
asana-token ; asana ; {digit:1}/{digit:16}:{hex:32} {digit:1}/{digit:16}/{digit:16}:{hex:32} ; {digit:1}/{digit:16}:{hex:10}
pipedrive-token ; pipedrive ; {hex:40} ; {hex:36}
"""
)
