"""Where code lives and is built: GitHub, GitLab, Atlassian, Sourcegraph, CI systems. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
github-token ; gh(p|o|u|s|r)_{alnum:36+} ; ghp_{alnum:20} ghx_{alnum:36}
github-fine-grained-token ; github_pat_{word:36+} ; github_pat_{word:12}
gitlab-token ; glpat-{dotted:20+} ; glpat-{word:9} glpot-{word:20}
gitlab-deploy-token ; gldt-{word:20+} ; gldt-{word:9}
gitlab-runner-token ; glrt-{dotted:20+} glrtr-{dotted:20+} GR1348941{word:20+} ; glrt-{word:9} GR1348942{word:20}
gitlab-pipeline-token ; glcbt-{word:20+} glptt-{hex:40} ; glptt-{hex:20}
gitlab-agent-token ; glagent-{word:50+} ; glagent-{word:20}
gitlab-feed-token ; glft-{word:20+} ; glft-{word:9}
gitlab-mail-token ; glimt-{word:25+} ; glimt-{word:9}
gitlab-oauth-secret ; gloas-{word:64+} ; gloas-{word:20}
gitlab-scim-token ; glsoat-{word:20+} ; glsoat-{word:9}
gitlab-flags-token ; glffct-{word:20+} ; glffct-{word:9}
gitlab-session ; _gitlab_session={hex:32} ; _gitlab_session={hex:12}
atlassian-token ; ATATT3{token:180+} ATCTT3{token:150+} ; ATATT3{alnum:40}
bitbucket-app-password ; ATBB{alnum:28+} ; ATBB{alnum:12} ; mixed
sourcegraph-token ; sgp_{hex:40} sgp_{alnum:16}_{hex:40} sgp_local_{hex:40} slk_{hex:64} ; sgp_{hex:20} slk_{hex:30}
circleci-token ; CCIPAT_{word:40+} CCIPRJ_{word:40+} ; CCIPAT_{word:12}
buildkite-token ; bk(ua|aj|ct|at)_{alnum:40+} ; bkua_{hex:20} ; digit
linear-key ; lin_api_{alnum:40} lin_oauth_{hex:64} ; lin_api_{alnum:20}
sonar-token ; sq(u|p|a)_{hex:40} ; squ_{hex:20} sqx_{hex:40}
"""
)

NAMED = named_rows(
    """
bitbucket-client-secret ; bitbucket ; {word:64} ; {word:60}
bitbucket-client-id ; bitbucket ; {alnum:32} ; {alnum:30}
travis-token ; travis ; {alnum:22} ; {alnum:20}
drone-token ; droneci drone ; {alnum:32} ; {alnum:30}
codecov-token ; codecov ; {lower:32} {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {lower:30}
gitter-token ; gitter ; {word:40} ; {word:36}
gitea-token ; gitea forgejo codeberg ; {hex:40} ; {hex:36}
jenkins-token ; jenkins ; {hex:32-34} ; {hex:30}
snyk-token ; snyk ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
jira-token ; jira confluence atlassian ; {alnum:24} ; {alnum:20}
"""
)
