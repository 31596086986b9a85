#!/usr/bin/env bash
# The audit as a step of a job: SARIF to a file, annotations to the log, the text to the summary, the verdict to the outputs.
# Everything comes in as environment variables (see action.yml), so that no input is ever read as a command.
set -uo pipefail

say() { printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"; }

chosen=(--all)
case "$SESSIONS" in
  all) ;;
  latest) chosen=(--last 1) ;;
  *[!0-9]* | '' | 0*)
    printf '::error title=agent-strace::`sessions` must be `all`, `latest` or a number, not `%s`\n' "${SESSIONS//%/%25}"
    say verdict error
    exit 2
    ;;
  *) chosen=(--last "$SESSIONS") ;;
esac

options=("${chosen[@]}")
[[ -n "$POLICY" ]] && options+=(--policy "$POLICY")
[[ -n "$BASELINE" ]] && options+=(--baseline "$BASELINE")
[[ "$IGNORE_BLOCKED" == true ]] && options+=(--ignore-blocked)

audit() { agent-strace --trace-dir "$TRACE_DIR" audit "${options[@]}" "$@"; }

audit --format sarif --output "$SARIF_FILE"
code=$?
say sarif-file "$SARIF_FILE"
if [[ $code -le 1 ]]; then
  audit --format github
  {
    printf '### agent-strace audit\n\n```text\n'
    audit | head -c 60000
    printf '\n```\n'
  } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi

if [[ $code -le 1 && "$VERIFY" == true ]] && ! agent-strace --trace-dir "$TRACE_DIR" verify "${chosen[@]}"; then
  printf '::error title=agent-strace::a recorded session was changed after it was recorded\n'
  code=1
fi

case $code in
  0) say verdict pass ;;
  1) say verdict violations ;;
  3)
    say verdict nothing
    printf '::error title=agent-strace::there is nothing to audit in `%s`\n' "${TRACE_DIR//%/%25}"
    ;;
  *) say verdict error ;;
esac
exit "$code"
