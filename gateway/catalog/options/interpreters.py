"""Options of interpreters and build tools. See the package for how a specification is written. Pure data."""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "python http.server": "-d/--directory=tree -b/--bind=text -p/--protocol=text --cgi -h/--help",
    "python timeit": "-n=text --number=text -r=text --repeat=text -s=text --setup=text -u=text --unit=text",
    "make": (
        "-f/--file/--makefile=script:make -C/--directory=text -I/--include-dir=text -o/--old-file/--assume-old=text"
        " -W/--what-if/--new-file/--assume-new=text -E/--eval=code:make -j/--jobs=?number -l/--load-average/--max-load=?number"
        " -O/--output-sync=?text --debug=?text --shuffle=?text --jobserver-style=text --jobserver-auth=text -b -m"
        " -B/--always-make -d -e/--environment-overrides -i/--ignore-errors -k/--keep-going -L/--check-symlink-times"
        " -n/--just-print/--dry-run/--recon -p/--print-data-base -q/--question -r/--no-builtin-rules -R/--no-builtin-variables"
        " -s/--silent/--quiet --no-silent -S/--no-keep-going/--stop -t/--touch --trace -v/--version -w/--print-directory"
        " --no-print-directory --warn-undefined-variables -h/--help"
    ),
    "mvn": (
        "-f/--file=read -T/--threads=text -pl/--projects=text -P/--activate-profiles=text -D/--define=text -s/--settings=read"
        " -gs/--global-settings=read -t/--toolchains=read -gt/--global-toolchains=read -l/--log-file=write"
        " -rf/--resume-from=text -b/--builder=text -color/--color=text -emp/--encrypt-master-password=?text"
        " -ep/--encrypt-password=?text -ps/--project-settings=read -is/--install-settings=read -itr -am/--also-make"
        " -amd/--also-make-dependents -B/--batch-mode -C/--strict-checksums -c/--lax-checksums -cpu/--check-plugin-updates"
        " -e/--errors -fae/--fail-at-end -ff/--fail-fast -fn/--fail-never -h/--help -llr/--legacy-local-repository"
        " -N/--non-recursive -npr/--no-plugin-registry -npu/--no-plugin-updates -nsu/--no-snapshot-updates"
        " -ntp/--no-transfer-progress -o/--offline -q/--quiet -r/--resume -U/--update-snapshots -up/--update-plugins"
        " -V/--show-version -v/--version -X/--debug --raw-streams --non-interactive --force-interactive"
    ),
    "gradle": (
        "-b/--build-file=read -c/--settings-file=read -I/--init-script=script:groovy -p/--project-dir=text"
        " -D/--system-prop=text -P/--project-prop=text -g/--gradle-user-home=text -x/--exclude-task=text --max-workers=text"
        " --console=text --console-unicode=text --warning-mode=text --priority=text --include-build=text"
        " --project-cache-dir=text -F/--dependency-verification=text -M/--write-verification-metadata=text"
        " --configuration-cache-problems=text --tests=text -a/--no-rebuild --build-cache --no-build-cache --configuration-cache"
        " --no-configuration-cache --configure-on-demand --no-configure-on-demand --continue --no-continue --daemon --no-daemon"
        " -d/--debug --export-keys --foreground -i/--info -m/--dry-run --offline --parallel --no-parallel --profile"
        " --problems-report --no-problems-report -q/--quiet -w/--warn --refresh-dependencies --refresh-keys --rerun-tasks"
        " -s/--stacktrace -S/--full-stacktrace --scan --no-scan --status --stop -t/--continuous -U/--update-locks --watch-fs"
        " --no-watch-fs --write-locks -v/--version -V/--show-version -h/--help -?"
    ),
    "ninja": "-C=text -f=read -j=text -k=text -l=text -d=text -t=text -w=text -n -v/--verbose --quiet --version -h/--help",
    "rake": (
        "-f/--rakefile=read -e/--execute=code:ruby -E/--execute-continue=code:ruby -p/--execute-print=code:ruby"
        " -I/--libdir=text -j/--jobs=?text -r/--require=text -R/--rakelibdir=text --suppress-backtrace=text --job-stats=?text"
        " --backtrace=?text -W/--where=?text -T/--tasks=?text -D/--describe=?text --trace=?text -A/--all -B/--build-all"
        " -C/--directory=text -G/--no-system -g/--system -m/--multitask -n/--dry-run -N/--no-search -P/--prereqs -q/--quiet"
        " --rules -s/--silent -t -v/--verbose -X/--no-deprecation-warnings -V/--version -h/--help"
    ),
    "just": (
        "-f/--justfile=read -d/--working-directory=text --shell=program --chooser=shell --shell-arg=text --color=text"
        " --command-color=text --dotenv-filename=text -E/--dotenv-path=read --dump-format=text --list-heading=text"
        " --list-prefix=text --alias-style=text --tempdir=text --timestamp-format=text --ceiling=text --cygpath=program --check"
        " --clear-shell-args -g/--global-justfile --highlight --no-highlight --no-aliases --no-deps --no-dotenv --allow-missing"
        " --explain --one -n/--dry-run -q/--quiet -u/--unsorted --unstable -v/--verbose -y/--yes --timestamp --list-submodules"
        " --time -V/--version -h/--help"
    ),
    "task": (
        "-t/--taskfile=read -d/--dir=text -o/--output=text --output-group-begin=text --output-group-end=text"
        " -C/--concurrency=text -I/--interval=text --sort=text --timeout=text --expiry=text --insecure --offline --download"
        " --clear-cache -g/--global -a/--list-all -l/--list -j/--json -f/--force -n/--dry -p/--parallel -s/--silent"
        " -x/--exit-code -v/--verbose -w/--watch -y/--yes -c/--color --no-status --nested --summary --status --disable-fuzzy"
        " -i/--init --version -h/--help"
    ),
    "bazel": (
        "+ --output_base=text --output_user_root=text --bazelrc=read --host_jvm_args=text --max_idle_secs=text"
        " --server_javabase=text --install_base=text --connect_timeout_secs=text --batch --nobatch --home_rc --nohome_rc"
        " --workspace_rc --noworkspace_rc --system_rc --nosystem_rc --ignore_all_rc_files --version --help"
    ),
    "meson": "-v/--version -h/--help",
    "sbt": (
        "--mem=text --sbt-dir=text --sbt-boot=text --ivy=text --jvm-debug=text --java-home=text --supershell=text --color=text"
        " -d/--debug --no-colors --no-share --no-global --batch --client -v/--verbose -V/--version -h/--help"
    ),
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "dc": "-e=text -f=read",
    "javac kotlinc scalac rustfmt gofmt": "-d=create -cp=text -classpath=text -o=write",
    "ant sbt bazel buck meson scons": "-f=read --file=text --build-file=text --init-script=text -b=text -I=text -p=text -e=text",
    "cmake ctest": (
        "-P=script:cmake -S=text -B=text -G=text -D=text -C=script:cmake -T=text -A=text --build=text --install=text -j=?text"
        " --target=text --preset=text --test-dir=text"
    ),
    "python python2 python3 pypy ipython": "-c=code:python -m=text -W=text -X=text -Q=text --check-hash-based-pycs=text",
    "node nodejs tsx ts-node": (
        "-e=code:javascript --eval=code:javascript -p=code:javascript --print=code:javascript -r=script:javascript"
        " --require=script:javascript --import=script:javascript --loader=script:javascript"
        " --experimental-loader=script:javascript -C=text --conditions=text --env-file=read --title=text --input-type=text"
        " --test-name-pattern=text --test-reporter=text --test-reporter-destination=write"
    ),
    "deno": "-c=read --config=read --import-map=read -A=?text --lock=write --cert=read",
    "bun": (
        "-e=code:javascript --eval=code:javascript -p=code:javascript --print=code:javascript -r=script:javascript"
        " --preload=script:javascript --env-file=read --cwd=text -c=read --config=read"
    ),
    "perl": (
        "-e=code:perl -E=code:perl -I=text -M=?text -m=?text -F=?text -i=?text -C=?text -D=?text -x=?text -0=?text -l=?text -V=?text"
    ),
    "ruby irb": (
        "-e=code:ruby -I=text -r=text -C=text -F=?text -E=text -i=?text -K=?text -T=?text -W=?text -x=?text -0=?text --encoding=text"
    ),
    "php": (
        "-r=code:php -B=code:php -R=code:php -E=code:php -f=script:php -F=script:php -c=read -d=text -z=read -S=text -t=text"
        " --run=code:php --define=text"
    ),
    "lua luajit": "-e=code:lua -l=text",
    "osascript": "-e=code:applescript -l=text -s=text",
    "r rscript": "-e=code:r -f=script:r --file=script:r --args=text -d=text -g=text",
    "julia": (
        "-e=code:julia -E=code:julia --eval=code:julia --print=code:julia -L=script:julia -J=read -p=text -t=text -C=text"
        " --project=?text --threads=text"
    ),
    "java": (
        "-jar=script:java -cp=text -classpath=text --class-path=text -p=text --module-path=text --add-modules=text -agentpath=text -m=text"
    ),
    "kotlin": "-e=code:kotlin -cp=text",
    "groovy": "-e=code:groovy -cp=text",
    "scala": "-e=code:scala -cp=text",
    "elixir": "-e=code:elixir --eval=code:elixir -r=script:elixir -S=text -pa=text",
    "jrunscript": "-e=code:javascript -f=script:javascript -l=text -cp=text -classpath=text",
    "pwsh powershell": (
        "-c=code:powershell -Command=code:powershell -command=code:powershell -f=script:powershell -File=script:powershell"
        " -file=script:powershell -EncodedCommand=code:powershell-encoded -enc=code:powershell-encoded"
        " -e=code:powershell-encoded -ec=code:powershell-encoded -ExecutionPolicy=text -ep=text -ex=text -WindowStyle=text"
        " -w=text -Version=text -WorkingDirectory=text -wd=text -ConfigurationName=text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
