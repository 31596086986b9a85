"""Package registries and artifact stores: npm, PyPI, RubyGems, NuGet, crates.io, Docker, Artifactory and others. Pure
data.
"""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
npm-token ; npm_{alnum:36+} ; npm_{alnum:20} npx_{alnum:36}
npm-legacy-token ; _authToken={hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; _authToken={hex:6}
pypi-token ; pypi-AgEI{word:50+} pypi-AgEN{word:50+} ; pypi-AgEI{word:20} pypi-{alnum:50}
rubygems-key ; rubygems_{hex:48} ; rubygems_{hex:20}
nuget-key ; oy2{lower:43} ; oy2{lower:20}
crates-token ; cio{alnum:32} ; cio{alnum:20} ; mixed
clojars-token ; CLOJARS_{alnum:60} ; CLOJARS_{alnum:20}
sidekiq-key ; __CONTRIBSYS__COM={hex:8}:{hex:8} ; __CONTRIBSYS__COM={hex:8}:{hex:4}
docker-token ; dckr_(pat|oat)_{word:20+} ; dckr_pat_{word:8}
artifactory-key ; AKCp{alnum:65-75} ; AKCp{alnum:20}
artifactory-reference-token ; cmVmdGtu{alnum:56} ; cmVmdGtu{alnum:20}
packagist-token ; packagist_(uut|ort|ack)_{hex:48+} ; packagist_uut_{hex:12}
jsr-token ; jsr(p|d)_{alnum:40+} ; jsrp_{alnum:12}
terraform-token ; {alnum:14}.atlasv1.{token:60-70} ; {alnum:14}.atlasv1.{alnum:20}
pulumi-token ; pul-{hex:40} ; pul-{hex:20}
octopus-key ; API-{upper:26} ; API-{upper:12} ; digit
infracost-key ; ico-{alnum:32} ; ico-{alnum:12} ; mixed
chief-tools-token ; ctp_{alnum:36+} ; ctp_{alnum:12} ; mixed
"""
)

NAMED = named_rows(
    """
jfrog-key ; jfrog artifactory bintray xray ; {alnum:73} {alnum:64} ; {alnum:60} ; digit
sonatype-password ; sonatype nexus ossrh ; {base64:44} ; {base64:40}
libraries-io-key ; libraries_io librariesio ; {hex:32} ; {hex:30}
gemfury-token ; gemfury fury ; {alnum:20} ; {alnum:18} ; digit
"""
)
