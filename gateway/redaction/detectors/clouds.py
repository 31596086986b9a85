"""Clouds and hosting: AWS, Google, Azure, Alibaba, DigitalOcean, Cloudflare, Heroku, Fly, Vercel and others. Pure
data.
"""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
aws-access-key ; (AKIA|ASIA|ABIA|ACCA){upper:16} ; AKIA{upper:12} AKIB{base32:16}
aws-bedrock-key ; ABSK{padded:109-272} bedrock-api-key-{padded:40+} ; ABSK{alnum:40}
gcp-api-key ; AIza{word:35} ; AIza{word:20}
gcp-oauth-client-secret ; GOCSPX-{word:28} ; GOCSPX-{word:12}
gcp-access-token ; ya29.{dotted:30+} ; ya29.{alnum:12}
gcp-refresh-token ; 1//0{word:40+} ; 1//0{alnum:10}
firebase-key ; AAAA{word:7}:{word:140} ; AAAA{word:7}:{word:40}
azure-client-secret ; {tilde:3}{digit:1}Q~{tilde:31-34} ; {tilde:3}{digit:1}Q~{tilde:20}
azure-devops-token ; {alnum:76}AZDO{alnum:4} ; {alnum:40}AZDO{alnum:4}
azure-storage-key ; AccountKey={base64:86}== ; AccountKey={base64:6}
azure-shared-access-key ; SharedAccessKey={base64:43}= ; SharedAccessKey={base64:6}
azure-identifiable-key ; {alnum:44}+ASt{padded:34-38} {alnum:33}AzFu{padded:10-20} {alnum:33}AIoT{padded:8-20} {alnum:33}+ASb{padded:5-20} ; {alnum:20}AzFu{alnum:10}
alibaba-access-key ; LTAI{alnum:17-24} ; LTAI{alnum:10} ; mixed
tencent-secret-id ; AKID{alnum:32} ; AKID{alnum:20} ; mixed
yandex-cloud-key ; AQVN{word:35-38} ; AQVN{word:20} ; mixed
yandex-iam-token ; t1.{word:20+}.{word:80+} ; t1.{alnum:20}
yandex-static-key ; YC{word:38} ; YC{word:20} ; mixed
digitalocean-token ; do(p|o|r)_v1_{hex:64} ; dop_v1_{hex:30} dox_v1_{hex:64}
digitalocean-spaces-key ; DO00{upper:16} ; DO00{upper:10}
cloudflare-origin-key ; v1.0-{hex:24}-{hex:146} ; v1.0-{hex:24}-{hex:40}
heroku-key ; HRKU-{word:36+} ; HRKU-{word:12}
fly-token ; fo1_{word:43} fm(1|2)_{padded:60+} fm1(a|r)_{padded:60+} ; fo1_{word:20}
vercel-token ; vercel_blob_rw_{word:30+} vc(p|i|a|r|k)_{alnum:50+} ; vercel_blob_rw_{word:10}
netlify-token ; nfp_{alnum:36+} nf(c|o|u)_{alnum:36+} ; nfp_{alnum:12}
render-key ; rnd_{alnum:28+} ; rnd_{alnum:12}
scaleway-key ; SCW{upper:17} ; SCW{upper:10} ; digit
defined-networking-key ; dnkey-{token:26}-{token:52} ; dnkey-{alnum:26}
tailscale-key ; tskey-(auth|api|client|scim|webhook)-{alnum:8+}-{alnum:20+} tskey-{alnum:20+} ; tskey-auth-{alnum:6}
aws-session-token ; (FwoGZXIvYXdzE|IQoJb3JpZ2luX2Vj){padded:80+} ; IQoJb3JpZ2luX2Vj{alnum:20}
aws-presigned-signature ; X-Amz-Signature={hex:64} ; X-Amz-Signature={hex:20}
aws-mws-token ; amzn.mws.{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; amzn.mws.{hex:8}
azure-sas-signature ; sig={percent:43-60} ; sig={alnum:20} ; mixed
gcp-signed-url ; X-Goog-Signature={hex:128+} ; X-Goog-Signature={hex:40}
"""
)

NAMED = named_rows(
    """
aws-secret-key ; aws secret_access_key secretaccesskey secret_key ; {base64:40} ; {base64:36} ; mixed
alibaba-secret-key ; alibaba aliyun ; {lower:30} {alnum:30} ; {alnum:28} ; digit
cloudflare-api-key ; cloudflare ; {word:40} {hex:37} ; {word:36} ; digit
fastly-token ; fastly ; {word:32} ; {word:30} ; digit
heroku-api-key ; heroku ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
netlify-access-token ; netlify ; {word:40-46} ; {word:36} ; digit
hetzner-token ; hetzner hcloud ; {alnum:64} ; {alnum:60} ; digit
linode-token ; linode ; {hex:64} ; {hex:60}
vultr-key ; vultr ; {upper:36} ; {upper:30} ; digit
ibm-cloud-key ; ibmcloud ibm_cloud bluemix ; {word:44} ; {word:40} ; digit
oracle-secret-key ; oci_ oracle ; {base64:43}= ; {base64:40}
tencent-secret-key ; tencent qcloud ; {alnum:32} ; {alnum:30} ; digit
huawei-secret-key ; huawei hwcloud ; {alnum:40} ; {alnum:36} ; digit
azure-subscription-key ; azure ocp_apim cognitive ; {hex:32} {alnum:84} ; {hex:30}
azure-app-password ; azure ; {alnum:52} {lower:52} ; {alnum:48} ; digit
vercel-access-token ; vercel ; {alnum:24} ; {alnum:20} ; digit
meraki-key ; meraki ; {hex:40} ; {hex:36}
ngrok-token ; ngrok ; {word:43-60} ; {word:36} ; digit
"""
)
