"""Options of programs that start another one. See the package for how a specification is written. Pure data.

Checked against the manuals of GNU coreutils 9.1 (env, nice, timeout), GNU findutils 4.9 (xargs), util-linux 2.38 (su,
runuser, flock, script), procps 4.0 (watch), sudo 1.9.13, hyperfine 1.15, cron 3.0 (crontab), at 3.2 and expect 5.45.
"""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "xargs": (
        "+ -0/--null -a/--arg-file=read -d/--delimiter=text -E=text -e/--eof=?text -I=text -i/--replace=?text -L=text"
        " -l/--max-lines=?text -n/--max-args=text -P/--max-procs=text -o/--open-tty -p/--interactive"
        " --process-slot-var=text -r/--no-run-if-empty -s/--max-chars=text --show-limits -t/--verbose -x/--exit --help"
        " --version"
    ),
    "env": (
        "+ -i/--ignore-environment -0/--null -u/--unset=text -C/--chdir=text -S/--split-string=text --block-signal=?text"
        " --default-signal=?text --ignore-signal=?text --list-signal-handling -v/--debug --help --version"
    ),
    "runuser": (
        "-c/--command=shell -s/--shell=text -g/--group=text -G/--supp-group=text --session-command=shell -u/--user=text"
        " -w/--whitelist-environment=text -f/--fast -l/--login -m/-p/--preserve-environment -P/--pty -T/--no-pty -h/--help -V/--version"
    ),
    "flock": (
        "+ -w/--wait/--timeout=text -E/--conflict-exit-code=text -s/--shared -x/-e/--exclusive -u/--unlock -n/--nb/--nonblock -o/--close"
        " -F/--no-fork --verbose -h/--help -V/--version"
    ),
    "hyperfine": (
        "-w/--warmup=text -r/--runs=text -m/--min-runs=text -M/--max-runs=text -p/--prepare=shell -c/--cleanup=shell -s/--setup=shell"
        " --conclude=shell -S/--shell=program -N -n/--command-name=text -P/--parameter-scan=text -D/--parameter-step-size=text"
        " -L/--parameter-list=text -i --ignore-failure=?text -u/--time-unit=text --style=text --export-json=write --export-csv=write"
        " --export-markdown=write --export-asciidoc=write --export-orgmode=write --show-output --output=text --input=read -h/--help -V/--version"
    ),
    "crontab": "-u=text -l -r -e -i -n -T=read",
    "watch": (
        "+ -n/--interval=text -q/--equexit=text -b/--beep -c/--color -C/--no-color -d/--differences=?text -e/--errexit -g/--chgexit -p/--precise"
        " -r/--no-rerun -t/--no-title -w/--no-wrap -x/--exec -h/--help -v/--version"
    ),
    "sudo": (
        "+ -u/--user=text -g/--group=text -p/--prompt=text -C/--close-from=text -h/--host=text -r/--role=text -t/--type=text"
        " -T/--command-timeout=text -U/--other-user=text -D/--chdir=text -R/--chroot=text -A/--askpass -b/--background"
        " -B/--bell -E/--preserve-env=?text -e/--edit -H/--set-home -i/--login -K/--remove-timestamp -k/--reset-timestamp"
        " -l/--list -n/--non-interactive -N/--no-update -P/--preserve-groups -S/--stdin -s/--shell -V/--version -v/--validate"
        " --help"
    ),
    "su": (
        "-c/--command=shell -s/--shell=text -g/--group=text -G/--supp-group=text --session-command=shell"
        " -w/--whitelist-environment=text -f/--fast -l/--login -m/-p/--preserve-environment -P/--pty -T/--no-pty -h/--help"
        " -V/--version"
    ),
    "nice": "+ -n=text --adjustment=text",
    "ionice": "+ -c=text -n=text -p=text -P=text -u=text --class=text --classdata=text",
    "timeout": "+ -k=text -s=text --kill-after=text --signal=text",
    "gtimeout": "+ -k=text -s=text --kill-after=text --signal=text",
    "stdbuf": "+ -i=text -o=text -e=text --input=text --output=text --error=text",
    "chrt": "+ -T=text -P=text -D=text",
    "time": "+ -f=text -o=write --format=text --output=write",
    "strace": "+ -e=text -o=write -p=text -s=text -P=text -u=text -E=text -a=text -O=text -S=text -I=text -b=text -X=text",
    "ltrace": "+ -e=text -o=write -p=text -s=text -u=text -a=text -l=text -n=text -S=text -x=text",
    "xvfb-run": "+ -e=write -f=text -n=text -p=text -s=text --server-args=text --error-file=write --auth-file=text --server-num=text",
    "caffeinate": "+ -t=text -w=text",
    "unshare": "+ -R=text -w=text --root=text --wd=text --map-user=text --map-group=text -S=text -G=text",
    "doas": "+ -u=text -C=read -a=text",
    "pkexec": "+ -u=text --user=text",
    "systemd-run": (
        "+ -p=text -u=text -E=text -M=text -H=host --unit=text --property=text --uid=text --gid=text --setenv=text"
        " --description=text --slice=text --working-directory=text --on-active=text --on-calendar=text --machine=text"
        " --host=host"
    ),
    "ssh-agent": "+ -a=text -t=text -P=text -E=text -O=text",
    "dbus-run-session": "+ --config-file=read --dbus-daemon=program",
    "fakeroot": "+ -l=text -s=write -i=read -f=text --lib=text --faked=program",
    "faketime": "+ -f=text",
    "rlwrap": (
        "+ -b=text -c=text -f=read -H=write -l=write -z=program -C=text -D=text -m=text -O=text -p=text -P=text -s=text -S=text -w=text"
    ),
    "chpst": (
        "+ -u=text -U=text -e=text -/=text -n=text -l=text -L=text -m=text -d=text -o=text -p=text -f=text -c=text -t=text -r=text"
    ),
    "setpriv": (
        "+ --reuid=text --regid=text --groups=text --bounding-set=text --inh-caps=text --ambient-caps=text --securebits=text --pdeathsig=text"
    ),
    "prlimit": "+ -p=text --pid=text -o=text",
    "torsocks": "+ -u=text -p=text -a=text -P=text",
    "proxychains": "+ -f=read",
    "proxychains4": "+ -f=read",
    "dotenv": "+ -f=read --file=read -q=text",
    "cgexec": "+ -g=text",
    "firejail": "+ --profile=read --output=write",
    "bwrap": (
        "+ --chdir=text --uid=text --gid=text --hostname=text --dev=text --proc=text --tmpfs=text --dir=text --unsetenv=text"
        " --seccomp=text --exec-label=text --bind=pair --ro-bind=pair --dev-bind=pair --symlink=pair --setenv=pair"
        " --bind-try=pair --ro-bind-try=pair"
    ),
    "nsenter": "+ -t=text -S=text -G=text --target=text --setuid=text --setgid=text --root=?text --wd=?text",
    "proot": "+ -r=text -b=text -w=text -q=text -k=text -R=text -S=text",
    "chroot": "+ --userspec=text --groups=text",
    "perf": "+ -o=write -e=text -F=text -p=text -C=text --output=write",
    "sem": "+ -j=text --id=text",
    "start-stop-daemon": (
        "+ -x=program -a=program --exec=program --startas=program -p=write --pidfile=write -n=text --name=text -u=text -c=text -d=text -s=text"
    ),
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "script": (
        "-c=shell --command=shell -I=write -O=write -B=write -T=write -m=text --logging-format=text -E=text --echo=text -o=text"
        " --output-limit=text -t=?text --log-in=write --log-out=write --log-io=write --log-timing=write --timing=?write"
    ),
    "at batch": "-f=script:sh -q=text -t=text -o=text",
    "gdb lldb": (
        "-ex=code:gdb -iex=code:gdb --eval-command=code:gdb --init-eval-command=code:gdb -x=script:gdb --command=script:gdb -ix=script:gdb"
        " --init-command=script:gdb -o=code:gdb -s=script:gdb -S=script:gdb -p=text --pid=text -c=read --core=read -cd=text --cd=text"
    ),
    "expect": "-c=code:expect -f=script:expect -b=script:expect",
    "viddy": "-n=text --interval=text -s=text --shell=program --shell-options=text",
    "parallel": (
        "-a=read --arg-file=read -j=text --jobs=text -d=text --delimiter=text -I=text -N=text -n=text -L=text -S=host"
        " --sshlogin=host --sshloginfile=read --results=write --joblog=write --tmpdir=text --timeout=text --retries=text"
        " --colsep=text -C=text --delay=text --load=text --halt=text --env=text --workdir=text --max-args=text --block=text"
        " --recstart=text --recend=text --tagstring=text"
    ),
    "xargs gxargs": (
        "-a=read --arg-file=read -d=text --delimiter=text -E=text -I=text -J=text -L=text -n=text -P=text -s=text -R=text"
        " --replace=?text --max-args=text --max-procs=text --max-lines=?text --max-chars=text --eof=?text -i=?text -e=?text"
        " -l=?text --process-slot-var=text -S=text"
    ),
    "env genv": (
        "-u=text -C=text -S=text --unset=text --chdir=text --split-string=text -P=text --block-signal=?text"
        " --default-signal=?text --ignore-signal=?text -a=text --argv0=text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
