#!/usr/bin/env bash
# Runs the part of the suite that looks at folders, the environment and the store where nothing is as on a developer's machine: somebody
# else's store above the temporary folder, no HOME and no USER, the C locale, umask 000, a working folder that nobody can write in, variables
# that lead elsewhere. Nothing may be red, and nothing may be left behind outside of the temporary folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
python=$(command -v python3)

top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
chmod 755 "$top"
mkdir "$top/.agent-traces" "$top/tmp"
if [ "$(id -u)" = 0 ]; then
  chown 54321:54321 "$top/.agent-traces" # the store of another user
else
  chmod 777 "$top/.agent-traces" # only root can give a folder away; this one is anybody's
fi

home=$(getent passwd "$(id -u)" | cut -d: -f6)
seen() { ls -A / "$top/.agent-traces" "${home:-/}/.local/state/agent-strace" "${home:-/}/.config/agent-strace" 2>/dev/null || true; }
before=$(seen)

tests=(host traces doors/hook doors/sdk cli reports/test_verify.py reports/test_list.py reports/test_show.py reports/test_session_selection.py
  gates/test_lane.py end_to_end/test_record.py end_to_end/test_observe_mode.py end_to_end/test_hostile_environment.py
  test_checkpoint.py test_entry.py test_bundle.py test_lane_os.py)
# these make their own surroundings
long=(doors/hook/test_faults.py doors/hook/test_bare.py doors/hook/test_fault_process.py doors/hook/test_fault_payloads.py
  doors/hook/test_process_steps.py doors/hook/test_claude_code.py cli/steps)

cd /proc # read-only for root, too
umask 000
env -i PATH="$PATH" TMPDIR="$top/tmp" LC_ALL=C LANG=C \
  XDG_STATE_HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent AGENT_TRACE_DIR=/nonexistent CLAUDE_PROJECT_DIR=/nonexistent NO_COLOR=1 COLUMNS=37 \
  PYTHONDONTWRITEBYTECODE=1 ${AGENT_STRACE_REAL:+AGENT_STRACE_REAL="$AGENT_STRACE_REAL"} \
  "$python" -m pytest -c "$root/pyproject.toml" --rootdir "$root" -p no:cacheprovider "${long[@]/#/--ignore=$root/tests/}" "$@" "${tests[@]/#/$root/tests/}"

if [ "$(seen)" != "$before" ]; then
  printf 'left behind outside of the temporary folder:\n' >&2
  diff <(printf '%s\n' "$before") <(seen) >&2 || true
  exit 1
fi
