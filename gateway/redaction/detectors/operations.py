"""Watching and running things: Grafana, Datadog, New Relic, Sentry, Dynatrace, PagerDuty and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
grafana-key ; eyJrIjoi{token:70-400} ; eyJrIjoi{alnum:20}
grafana-cloud-token ; glc_{token:32+} ; glc_{alnum:12}
grafana-service-token ; glsa_{alnum:32}_{xdigit:8} ; glsa_{alnum:12}
newrelic-key ; NRAK-{upper:27} NR(II|IQ|RA|AL|SP)-{word:20-40} NRJS-{hex:19} ; NRAK-{upper:12} NRJS-{hex:8}
sentry-token ; sntrys_{token:60+} sntryu_{hex:64} ; sntrys_{alnum:20} sntryu_{hex:20}
dynatrace-token ; dt0(c01|s16|s01|s08).{base32:24}.{base32:64} ; dt0c01.{base32:24}.{base32:12}
honeycomb-key ; hc(a|b|x)(ik|ic)_{lower:58} ; hcaik_{lower:20}
rootly-key ; rootly_{hex:64} ; rootly_{hex:20}
checkly-key ; cu_{hex:32} ; cu_{hex:12}
posthog-key ; phx_{alnum:40+} ; phx_{alnum:12}
statsig-key ; secret-{alnum:40+} ; secret-{alnum:12} ; mixed
launchdarkly-key ; (sdk|api|mob)-{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; sdk-{hex:8}
harness-token ; (pat|sat).{word:22}.{hex:24}.{alnum:20} ; pat.{word:10}.{hex:24}
prefect-key ; pn(u|b)_{alnum:36} ; pnu_{alnum:12}
openshift-token ; sha256~{word:43} ; sha256~{word:20}
readme-key ; rdme_{lower:70} ; rdme_{lower:20}
postman-key ; PMAK-{hex:24}-{hex:34} PMAT-{upper:26} ; PMAK-{hex:24}-{hex:10}
castai-key ; castai_v1_{hex:64}_{hex:8} ; castai_v1_{hex:20}
intra42-secret ; s-s4t2(ud|af)-{hex:64} ; s-s4t2ud-{hex:20}
maxmind-key ; {alnum:6}_{alnum:29}_mmk ; {alnum:6}_{alnum:12}_mmk
axiom-token ; xa(pt|at|ai)-{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; xapt-{hex:8}
backblaze-key ; K00{digit:1}{base64:27} ; K00{digit:1}{base64:12} ; mixed
datadog-app-key ; ddapp_{alnum:34+} ; ddapp_{alnum:12}
"""
)

NAMED = named_rows(
    """
datadog-key ; datadog dd_api dd_app ; {hex:32} {hex:40} ; {hex:30}
newrelic-license ; newrelic new_relic ; {hex:36}NRAL {hex:40} ; {hex:30}
sentry-legacy-token ; sentry ; {hex:64} ; {hex:60}
sumologic-key ; sumologic sumo ; {alnum:64} ; {alnum:60} ; digit
pagerduty-key ; pagerduty pager_duty pd_api ; {word:20} ; {word:18} ; digit
opsgenie-key ; opsgenie ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
rollbar-token ; rollbar ; {hex:32} ; {hex:30}
bugsnag-key ; bugsnag ; {hex:32} ; {hex:30}
loggly-token ; loggly ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
logdna-key ; logdna mezmo ; {hex:32} ; {hex:30}
splunk-hec-token ; splunk hec ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
elastic-key ; elastic elasticsearch kibana ; {padded:60} {alnum:22}:{word:22} ; {alnum:50} ; mixed
statuspage-key ; statuspage ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} {hex:64} ; {hex:60}
codeclimate-token ; codeclimate code_climate cc_test_reporter ; {hex:64} ; {hex:60}
saucelabs-key ; saucelabs sauce ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
browserstack-key ; browserstack ; {alnum:20} ; {alnum:18} ; digit
"""
)
