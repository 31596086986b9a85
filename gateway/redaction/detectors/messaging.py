"""Messages, mail and telephony: Slack, Discord, Telegram, Twilio, SendGrid, Mailgun and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
slack-bot-token ; xoxb-{word:20+} ; xoxb-{digit:8}
slack-user-token ; xox(p|a|r|e|o|s)-{word:20+} ; xoxp-{digit:8} xoxz-{digit:12}
slack-app-token ; xapp-{digit:1}-{upper:9+}-{digit:10+}-{lower:20+} ; xapp-1-{upper:6}
slack-config-token ; xoxe.xox(b|p)-{digit:1}-{alnum:100+} ; xoxe.xoxb-{digit:1}
slack-cookie ; xoxd-{percent:40+} ; xoxd-{alnum:10}
slack-webhook ; hooks.slack.com/(services|workflows|triggers)/{base64:30+} ; hooks.slack.com/services/{alnum:8}
discord-bot-token ; (M|N|O)(D|T|j|z){word:22-26}.{word:6}.{word:27-38} ; M{word:10}.{word:6}.{word:27} ; mixed
discord-webhook ; (discord|discordapp).com/api/webhooks/{digit:17-20}/{word:60+} ; discord.com/api/webhooks/{digit:6}
telegram-bot-token ; {digit:8-10}:AA{word:33} ; {digit:4}:AA{word:33}
twilio-key ; SK{hex:32} ; SK{hex:20}
sendgrid-key ; SG.{word:22}.{word:43} SG.{token:66} ; SG.{word:10}.{word:10}
mailgun-key ; key-{hex:32} pubkey-{hex:32} ; key-{hex:12}
mailchimp-key ; {hex:32}-us{digit:1-2} ; {hex:20}-us{digit:2}
mandrill-key ; md-{word:22} ; md-{word:12} ; mixed
brevo-key ; xkeysib-{hex:64}-{alnum:16} xsmtpsib-{hex:64}-{alnum:16} ; xkeysib-{hex:20}
resend-key ; re_{alnum:8}_{alnum:24} ; re_{alnum:8}_{alnum:10}
teams-webhook ; webhook.office.com/webhookb2/{token:36}@{token:36}/IncomingWebhook/{alnum:32}/{token:36} ; webhook.office.com/webhookb2/{alnum:8}
google-chat-webhook ; chat.googleapis.com/v1/spaces/{word:8+}/messages?key={word:39}&token={percent:40+} ; chat.googleapis.com/v1/spaces/{alnum:4}
zapier-webhook ; hooks.zapier.com/hooks/catch/{digit:4+}/{lower:6+} ; hooks.zapier.com/hooks/{digit:2}
make-webhook ; hook.(eu1|eu2|us1|us2).make.com/{lower:30+} ; hook.eu1.make.com/{lower:10}
ifttt-webhook ; maker.ifttt.com/trigger/{word:1+}/with/key/{word:20+} ; maker.ifttt.com/trigger/{word:4}
facebook-page-token ; EAA(M|C){alnum:100+} ; EAAC{alnum:40}
facebook-access-token ; EAA{alnum:120+} ; EAA{alnum:20}
instagram-token ; IG(QV|AA){word:100+} ; IGQV{word:40}
vk-token ; vk1.a.{word:80+} ; vk1.a.{word:20}
twitter-bearer-token ; AAAAAAAAAAAAAAAAAAAA{percent:60+} ; AAAAAAAAAAAAAAAAAAAA{alnum:20} ; mixed
typeform-token ; tfp_{token:59} ; tfp_{token:20}
dropbox-token ; sl.{word:130+} ; sl.{word:40}
"""
)

NAMED = named_rows(
    """
twilio-auth-token ; twilio ; {hex:32} ; {hex:30}
discord-client-secret ; discord ; {token:32} ; {alnum:30} ; digit
discord-client-id ; discord ; {digit:17-19} ; {digit:14}
messagebird-token ; messagebird message_bird ; {lower:25} {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {lower:20} ; digit
mattermost-token ; mattermost ; {lower:26} ; {lower:22} ; digit
sendbird-token ; sendbird ; {hex:40} {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:36}
facebook-secret ; facebook fb_app ; {hex:32} ; {hex:30}
twitter-secret ; twitter x_api ; {alnum:50} {alnum:25} ; {alnum:40} ; digit
twitter-access-token ; twitter ; {digit:15-25}-{alnum:20-40} ; {digit:10}-{alnum:20}
linkedin-secret ; linkedin linked_in ; {alnum:16} ; {alnum:12} ; digit
twitch-token ; twitch ; {lower:30} ; {lower:28} ; digit
vonage-secret ; vonage nexmo ; {alnum:16} ; {alnum:14} ; digit
plivo-token ; plivo ; {base64:40} ; {base64:36} ; digit
sinch-token ; sinch ; {hex:32} {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:30}
zoom-secret ; zoom ; {alnum:32} ; {alnum:30} ; digit
mailjet-secret ; mailjet ; {hex:32} ; {hex:30}
sparkpost-key ; sparkpost ; {hex:40} ; {hex:36}
postmark-server-token ; postmark ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
telegram-hash ; telegram ; {hex:32} ; {hex:30}
intercom-key ; intercom ; {word:60} ; {alnum:50} ; digit
flickr-token ; flickr ; {hex:32} ; {hex:30}
mailgun-signing-key ; mailgun ; {hex:32}-{hex:8}-{hex:8} ; {hex:20}-{hex:8}-{hex:8}
pushover-key ; pushover ; {alnum:30} ; {alnum:28} ; digit
pusher-key ; pusher ; {hex:20} ; {hex:18}
line-token ; line_channel line_access linebot ; {base64:150-200} ; {alnum:60} ; mixed
"""
)
