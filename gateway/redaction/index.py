"""Which family knows which anchor and which provider's name, so that a text without them costs no family's import. Pure
data.

Written by `python -m tests.gates.fresh`; a test holds it to the families.
"""

from __future__ import annotations


def _read(table: dict[str, str]) -> dict[str, str]:
    """Return anchor -> the detectors that have it, as `family/id`, of a table of `id anchor anchor; id anchor`."""
    places: dict[str, str] = {}
    for family, entries in table.items():
        for entry in entries.split("; "):
            name, *anchors = entry.split(" ")
            for anchor in anchors:
                place = f"{family}/{name}"
                places[anchor] = f"{places[anchor]} {place}" if anchor in places else place
    return places


ANCHORS = _read(
    {
        "code_hosts": (
            "github-token ghp_ gho_ ghu_ ghs_ ghr_; github-fine-grained-token github_pat_; gitlab-token glpat-; gitlab-deploy-token gldt-; "
            "gitlab-runner-token glrt- glrtr- GR1348941; gitlab-pipeline-token glcbt- glptt-; gitlab-agent-token glagent-; gitlab-feed-token "
            "glft-; gitlab-mail-token glimt-; gitlab-oauth-secret gloas-; gitlab-scim-token glsoat-; gitlab-flags-token glffct-; "
            "atlassian-token ATATT3 ATCTT3; bitbucket-app-password ATBB; sourcegraph-token sgp_ sgp_local_ slk_; circleci-token CCIPAT_ "
            "CCIPRJ_; buildkite-token bkua_ bkaj_ bkct_ bkat_; linear-key lin_api_ lin_oauth_; sonar-token squ_ sqp_ sqa_"
        ),
        "clouds": (
            "aws-access-key AKIA ASIA ABIA ACCA; gcp-api-key AIza; gcp-oauth-client-secret GOCSPX-; gcp-access-token ya29.; azure-devops-token "
            "AZDO; azure-identifiable-key AzFu AIoT; alibaba-access-key LTAI; tencent-secret-id AKID; yandex-cloud-key AQVN; yandex-iam-token "
            "t1.; yandex-static-key YC; digitalocean-token dop_v1_ doo_v1_ dor_v1_; digitalocean-spaces-key DO00; cloudflare-origin-key v1.0-; "
            "heroku-key HRKU-; fly-token fo1_; vercel-token vercel_blob_rw_ vcp_ vci_ vca_ vcr_ vck_; netlify-token nfp_ nfc_ nfo_ nfu_; "
            "render-key rnd_; scaleway-key SCW; defined-networking-key dnkey-; tailscale-key tskey-auth- tskey-api- tskey-client- tskey-scim- "
            "tskey-webhook- tskey-; aws-session-token IQoJb3JpZ2luX2Vj; aws-mws-token amzn.mws."
        ),
        "models": (
            "anthropic-key sk-ant-; openai-key sk-proj- sk-svcacct- sk-admin- sk-None- sk-; openrouter-key sk-or-v1- sk-or-; huggingface-token "
            "hf_ api_org_; groq-key gsk_; xai-key xai-; replicate-token r8_; perplexity-key pplx-; fireworks-key fw_; cerebras-key csk-; "
            "nvidia-key nvapi-; pinecone-key pcsk_; langsmith-key lsv2_pt_ lsv2_sk_; langfuse-key sk-lf-; voyage-key pa-; jina-key jina_; "
            "tavily-key tvly-; firecrawl-key fc-; elevenlabs-key sk_; wandb-key wandb_v1_; anyscale-key esecret_; friendli-key flp_; "
            "modal-token ak- as-; mem0-key m0-; dify-key app- dataset-; helicone-key sk-helicone- pk-helicone-"
        ),
        "packages": (
            "npm-token npm_; pypi-token pypi-AgEI pypi-AgEN; rubygems-key rubygems_; nuget-key oy2; crates-token cio; clojars-token CLOJARS_; "
            "docker-token dckr_pat_ dckr_oat_; artifactory-key AKCp; artifactory-reference-token cmVmdGtu; packagist-token packagist_uut_ "
            "packagist_ort_ packagist_ack_; jsr-token jsrp_ jsrd_; terraform-token .atlasv1.; pulumi-token pul-; octopus-key API-; "
            "infracost-key ico-; chief-tools-token ctp_"
        ),
        "payments": (
            "stripe-key sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ sk_org_live_; square-token sq0atp- sq0csp- sq0idp- EAAA; "
            "plaid-token access-sandbox- access-development- access-production-; razorpay-key rzp_live_ rzp_test_; paystack-key sk_live_ "
            "sk_test_; flutterwave-key FLWPUBK_TEST- FLWPUBK- FLWSECK_TEST- FLWSECK-; flutterwave-encryption-key FLWSECK_TEST; midtrans-key "
            "Mid-server- SB-Mid-server-; xendit-key xnd_production_ xnd_development_; gocardless-token live_; lob-key live_ test_ live_pub_ "
            "test_pub_; easypost-key EZAK EZTK; duffel-token duffel_test_ duffel_live_; shippo-token shippo_live_ shippo_test_; "
            "settlemint-token sm_aat_ sm_pat_ sm_sat_; mollie-key live_ test_; checkout-key sk_sbox_"
        ),
        "messaging": (
            "slack-bot-token xoxb-; slack-user-token xoxp- xoxa- xoxr- xoxe- xoxo- xoxs-; slack-app-token xapp-; slack-config-token xoxe.xoxb- "
            "xoxe.xoxp-; discord-bot-token MD MT Mj Mz ND NT Nj Nz OD OT Oj Oz; twilio-key SK; sendgrid-key SG.; mailgun-key key- pubkey-; "
            "mailchimp-key -us; mandrill-key md-; brevo-key xkeysib- xsmtpsib-; resend-key re_; facebook-page-token EAAM EAAC; "
            "facebook-access-token EAA; instagram-token IGQV IGAA; vk-token vk1.a.; twitter-bearer-token AAAAAAAAAAAAAAAAAAAA; typeform-token "
            "tfp_; dropbox-token sl."
        ),
        "operations": (
            "grafana-key eyJrIjoi; grafana-cloud-token glc_; grafana-service-token glsa_; newrelic-key NRAK- NRII- NRIQ- NRRA- NRAL- NRSP- "
            "NRJS-; sentry-token sntrys_ sntryu_; dynatrace-token dt0c01. dt0s16. dt0s01. dt0s08.; honeycomb-key hcaik_ hcaic_ hcbik_ hcbic_ "
            "hcxik_ hcxic_; rootly-key rootly_; checkly-key cu_; posthog-key phx_; statsig-key secret-; launchdarkly-key sdk- api- mob-; "
            "harness-token pat. sat.; prefect-key pnu_ pnb_; readme-key rdme_; postman-key PMAK- PMAT-; castai-key castai_v1_; intra42-secret "
            "s-s4t2ud- s-s4t2af-; maxmind-key _mmk; axiom-token xapt- xaat- xaai-; datadog-app-key ddapp_"
        ),
        "databases": (
            "planetscale-token pscale_tkn_ pscale_oauth_ pscale_pw_; supabase-token sbp_ sb_secret_; neon-key napi_; databricks-token dapi; "
            "clickhouse-key 4b1d; aiven-password AVNS_; xata-key xau_; fauna-key fnA; dbt-token dbtc_ dbtu_ dbts_; tinybird-token p.eyJ; "
            "mongodb-atlas-key mdb_sa_sk_ mdb_sa_id_"
        ),
        "identity": (
            "onepassword-token ops_eyJ; onepassword-secret-key A3-; vault-token hvs. hvb. hvr.; doppler-token dp.pt. dp.ct. dp.sa. dp.scim. "
            "dp.audit. dp.scrt. dp.st.; infisical-token st.; age-key AGE-SECRET-KEY-1; authress-key .acc_ scauth_ authress_; stytch-secret "
            "secret-live- secret-test-; jwt eyJ"
        ),
        "business": (
            "shopify-token shpat_ shpca_ shppa_ shpss_ shpua_; hubspot-token pat-na1- pat-na2- pat-na3- pat-eu1- pat-eu2- pat-eu3- pat-ap1- "
            "pat-ap2- pat-ap3-; airtable-token pat; notion-token ntn_ secret_; figma-token figd_ figu_ figo_ figa_ figoh_ figor_; "
            "contentful-token CFPAT-; adobe-secret p8e-; frameio-token fio-u-; mapbox-token sk.eyJ tk.eyJ pk.eyJ; clickup-token pk_; "
            "salesforce-refresh-token 5Aep861; klaviyo-key pk_; calcom-key cal_live_; canva-secret cnvca; prismic-token MC5"
        ),
        "wallets": ("extended-private-key xprv yprv zprv tprv; alchemy-key alcht_; nostr-key nsec1"),
    }
)
"""Anchor of a form, all of word characters -> family/detector."""

LOOSE = _read(
    {
        "code_hosts": ("gitlab-session _gitlab_session="),
        "clouds": (
            "aws-bedrock-key ABSK bedrock-api-key-; gcp-refresh-token 1//0; firebase-key AAAA; azure-client-secret Q~; azure-storage-key "
            "AccountKey=; azure-shared-access-key SharedAccessKey=; azure-identifiable-key +ASt +ASb; fly-token fm1_ fm2_ fm1a_ fm1r_; "
            "aws-session-token FwoGZXIvYXdzE; aws-presigned-signature X-Amz-Signature=; azure-sas-signature sig=; gcp-signed-url "
            "X-Goog-Signature="
        ),
        "packages": ("npm-legacy-token _authToken=; sidekiq-key __CONTRIBSYS__COM="),
        "payments": (
            "stripe-webhook-secret whsec_; braintree-token access_token$production$ access_token$sandbox$; adyen-key AQE"
        ),
        "messaging": ("slack-cookie xoxd-; telegram-bot-token :AA"),
        "operations": ("openshift-token sha256~; backblaze-key K00"),
        "databases": ("convex-key prod: dev: preview:"),
        "identity": ("laravel-key APP_KEY=base64:; crypt-hash $6$ $5$ $y$j9T$"),
        "business": ("salesforce-token 00D"),
        "wallets": ("coinbase-cdp-key organizations/"),
    }
)
"""The same for anchors that hold a character which ends a word, or stand in short ones."""

LINKS = _read(
    {
        "messaging": (
            "slack-webhook hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/; discord-webhook "
            "discord.com/api/webhooks/ discordapp.com/api/webhooks/; teams-webhook webhook.office.com/webhookb2/; google-chat-webhook "
            "chat.googleapis.com/v1/spaces/; zapier-webhook hooks.zapier.com/hooks/catch/; make-webhook hook.eu1.make.com/ hook.eu2.make.com/ "
            "hook.us1.make.com/ hook.us2.make.com/; ifttt-webhook maker.ifttt.com/trigger/"
        ),
        "business": ("cloudinary-url cloudinary://"),
    }
)
"""The same for anchors that are part of a link."""

NAMES = {
    "code_hosts": (
        "bitbucket travis droneci drone codecov gitter gitea forgejo codeberg jenkins snyk jira confluence atlassian"
    ),
    "clouds": (
        "aws secretaccesskey secretkey alibaba aliyun cloudflare fastly heroku netlify hetzner hcloud linode vultr ibmcloud bluemix oci "
        "oracle tencent qcloud huawei hwcloud azure ocpapim cognitive vercel meraki ngrok"
    ),
    "models": (
        "cohere coapi mistral together deepseek stability dreamstudio assemblyai deepgram wandb weightsandbiases exa serpapi privateai"
    ),
    "packages": ("jfrog artifactory bintray xray sonatype nexus ossrh librariesio gemfury fury"),
    "payments": (
        "finicity plaid paypal braintree finnhub freshbooks etsy coinbase dwolla chargebee wise transferwise recurly"
    ),
    "messaging": (
        "twilio discord messagebird mattermost sendbird facebook fbapp twitter xapi linkedin twitch vonage nexmo plivo sinch zoom mailjet "
        "sparkpost postmark telegram intercom flickr mailgun pushover pusher linechannel lineaccess linebot"
    ),
    "operations": (
        "datadog ddapi ddapp newrelic sentry sumologic sumo pagerduty pdapi opsgenie rollbar bugsnag loggly logdna mezmo splunk hec elastic "
        "elasticsearch kibana statuspage codeclimate cctestreporter saucelabs sauce browserstack"
    ),
    "databases": (
        "confluent mongodbatlas atlasprivate atlaspublic algolia contentful snowflake redislabs upstashredis looker cockroach fivetran "
        "qdrant"
    ),
    "identity": ("okta bws bitwarden auth0 onelogin lastpass duo keycloak django rails vault"),
    "business": (
        "adobe airtable asana beamer freshdesk freshservice freshworks hubspot hapi mapbox monday nytimes newyorktimes rapidapi squarespace "
        "trello yandex zendesk salesforce sfdc docusign dropbox openweather owm googlemaps gmaps typeform freemius sanity pipedrive"
    ),
    "wallets": (
        "privatekey privkey deployer mnemonic wallet kraken kucoin bittrex binance bybit infura etherscan bscscan polygonscan alchemy "
        "polymarket polyapi wif bitcoin"
    ),
}
"""Family -> words that a name of one of its values has."""

INNER = frozenset("+ASb +ASt -us .acc_ .atlasv1. :AA AIoT AZDO AzFu Q~ _mmk".split())
"""Anchors that stand in the middle of their forms."""

DIGEST = "c43e8aaa"
"""Edition of the whole registry."""
