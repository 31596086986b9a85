"""Options of what developers run (notation: see the package; manuals of Git 2.39 and Docker 20.10). Pure data."""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "docker save": "-o/--output=write --platform=text --help",
    "docker load": "-i/--input=read --platform=text -q/--quiet --help",
    "docker export": "-o/--output=write --help",
    "git": (
        "+ -C=text -c=text --git-dir=text --work-tree=text --namespace=text --exec-path=?text --config-env=text"
        " --super-prefix=text --attr-source=text --list-cmds=text -v/--version -h/--help --html-path --man-path --info-path"
        " -p/--paginate -P/--no-pager --no-replace-objects --no-lazy-fetch --no-optional-locks --no-advice --bare"
        " --literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs --shallow-file=text"
    ),
    "git push": (
        "-f/--force -d/--delete -n/--dry-run -u/--set-upstream --force-with-lease=?text --force-if-includes"
        " --no-force-if-includes --tags --all --branches --atomic --no-atomic --follow-tags --no-verify --verify --porcelain"
        " -q/--quiet -v/--verbose --progress --thin --no-thin --mirror --prune -4/--ipv4 -6/--ipv6 --signed=?text --no-signed"
        " -o/--push-option=text --receive-pack=shell --exec=shell --repo=text --recurse-submodules=?text --no-recurse-submodules"
    ),
    "git clean": "-f/--force -n/--dry-run -d -x -X -i/--interactive -q/--quiet -e/--exclude=text",
    "git checkout": (
        "-f/--force -q/--quiet --progress --no-progress -d/--detach -t/--track=?text --no-track --guess --no-guess -l"
        " -m/--merge --ours --theirs --ignore-skip-worktree-bits -p/--patch -b=text -B=text --orphan=text --conflict=text"
        " --overwrite-ignore --ignore-other-worktrees --recurse-submodules=?text --overlay --no-overlay --pathspec-from-file=read --pathspec-file-nul"
    ),
    "git switch": (
        "-f/--force -C/--force-create=text -c/--create=text -q/--quiet -d/--detach --guess --no-guess --discard-changes"
        " -m/--merge --conflict=text --progress --no-progress -t/--track=?text --no-track --orphan=text"
        " --ignore-other-worktrees --recurse-submodules=?text"
    ),
    "git branch": (
        "-f/--force -d/--delete -D -m/--move -M -c/--copy -C --show-current -r/--remotes -a/--all -l/--list -i/--ignore-case"
        " -q/--quiet --unset-upstream --edit-description -u/--set-upstream-to=text --contains=text --no-contains=text --merged=text"
        " --no-merged=text --abbrev=?text -t/--track=?text --no-track --create-reflog --sort=text --points-at=text --format=text"
    ),
    "git commit": (
        "-n/--no-verify -a/--all -m/--message=text -F/--file=read -C/--reuse-message=text -c/--reedit-message=text --fixup=text"
        " --squash=text --author=text --date=text --amend --no-edit --allow-empty --allow-empty-message -s/--signoff"
        " --no-signoff -v/--verbose -q/--quiet --dry-run --short --porcelain --long -S/--gpg-sign=?text --no-gpg-sign"
        " --reset-author -p/--patch -e/--edit --trailer=text -t/--template=read --cleanup=text -i/--include -o/--only"
        " -u/--untracked-files=?text --pathspec-from-file=read"
    ),
    "git tag": (
        "-d/--delete -f/--force -a/--annotate -s/--sign -l/--list -v/--verify -m/--message=text -F/--file=read -u/--local-user=text"
        " --sort=text --points-at=text --format=text --cleanup=text --contains=text --no-contains=text --merged=text --no-merged=text"
        " --column=?text --no-column --create-reflog --color=?text -e/--edit --trailer=text -i/--ignore-case --omit-empty"
    ),
    "git rm": (
        "-r -f/--force -n/--dry-run --cached -q/--quiet --ignore-unmatch --sparse --pathspec-from-file=read --pathspec-file-nul"
    ),
    "git restore": (
        "-S/--staged -W/--worktree -p/--patch -q/--quiet --progress --no-progress --ours --theirs -m/--merge --overlay"
        " --no-overlay --ignore-unmerged --ignore-skip-worktree-bits -s/--source=text --conflict=text"
        " --recurse-submodules=?text --pathspec-from-file=read --pathspec-file-nul"
    ),
    "git config": (
        "--global --local --system --worktree -z/--null --name-only --show-origin --show-scope --includes --no-includes --bool"
        " --int --bool-or-int --path --add --get --get-all --get-regexp --unset --unset-all --replace-all --rename-section"
        " --remove-section -l/--list -e/--edit -f/--file=text --blob=text --default=text --type=text --comment=text"
    ),
    "git prune": "-n/--dry-run -v/--verbose --progress --expire=text",
    "git remote": "-v/--verbose",
    "git stash": (
        "-p/--patch -k/--keep-index --no-keep-index -u/--include-untracked -a/--all -q/--quiet -S/--staged -m/--message=text"
        " --pathspec-from-file=read --pathspec-file-nul"
    ),
    "git submodule": "-q/--quiet --cached",
    "docker": (
        "+ -H/--host=text -c/--context=text --config=text -l/--log-level=text --tlscacert=meta --tlscert=meta --tlskey=meta"
        " -D/--debug --tls --tlsverify -v/--version --help"
    ),
    "docker rm": "-f/--force -l/--link -v/--volumes",
    "docker run": (
        "-v=text --volume=text --mount=text -e=text --env=text --env-file=read -w=text --workdir=text -u=text --user=text"
        " --name=text -p=text --publish=text --network=text --net=text --entrypoint=text -h=text --hostname=text -m=text"
        " --memory=text --cpus=text --gpus=text --label=text -l=text --restart=text --add-host=text --cap-add=text"
        " --cap-drop=text --device=text --dns=text --expose=text --pid=text --ipc=text --platform=text --pull=text --rm=?text"
        " --security-opt=text --shm-size=text --tmpfs=text --ulimit=text --userns=text --volumes-from=text --cidfile=write"
        " --link=text --log-driver=text --log-opt=text --group-add=text --runtime=text --stop-signal=text --stop-timeout=text"
        " --detach-keys=text -a=text --attach=text --index=text --health-cmd=text --init=?text --ip=text --mac-address=text"
        " --cgroupns=text --label-file=read -d/--detach -i/--interactive -t/--tty -P/--publish-all --privileged --read-only"
        " -q/--quiet --no-healthcheck --oom-kill-disable --sig-proxy --disable-content-trust -c/--cpu-shares=text"
        " --annotation=text --blkio-weight=text --cpuset-cpus=text --cpu-period=text --cpu-quota=text --device-cgroup-rule=text"
        " --dns-option=text --dns-search=text --domainname=text --health-interval=text --health-retries=text"
        " --health-timeout=text --ip6=text --kernel-memory=text --memory-reservation=text --memory-swap=text"
        " --memory-swappiness=text --network-alias=text --oom-score-adj=text --pids-limit=text --storage-opt=text --sysctl=text"
        " --uts=text --volume-driver=text --blkio-weight-device=text --cgroup-parent=text --cpuset-mems=text --cpu-rt-period=text"
        " --cpu-rt-runtime=text --cpu-count=text --cpu-percent=text --device-read-bps=text --device-read-iops=text"
        " --device-write-bps=text --device-write-iops=text --isolation=text --link-local-ip=text --net-alias=text"
        " --health-start-period=text --health-start-interval=text --use-api-socket --help"
    ),
    "docker build": (
        "-f=text --file=text -t=text --tag=text --build-arg=text --target=text --platform=text --secret=text --ssh=text -o=text"
        " --output=text --cache-from=text --cache-to=text --iidfile=write --network=text --progress=text --label=text"
        " --add-host=text --metadata-file=write --build-context=text -m/--memory=text --shm-size=text --cpuset-cpus=text"
        " --cpuset-mems=text --cgroup-parent=text --cpu-period=text --cpu-quota=text --memory-swap=text --security-opt=text --ulimit=text"
        " --isolation=text --allow=text --annotation=text --attest=text --builder=text --call=text --no-cache-filter=text --squash"
        " -c/--cpu-shares=text --compress --force-rm --no-cache --pull --push --load -q/--quiet --rm=?text -D/--debug --help"
    ),
    "docker compose": (
        "+ -f/--file=read -p/--project-name=text --profile=text --env-file=read --project-directory=text --workdir=text"
        " --parallel=text --progress=text --ansi=text --compatibility --dry-run --all-resources --verbose -v/--version"
        " --no-ansi -D/--debug -H/--host=text -c/--context=text --tls --tlsverify --tlscacert=meta --tlscert=meta --tlskey=meta"
        " --skip-hostname-check -h/--help"
    ),
    "podman": (
        "+ -c/--connection=text --url=text --root=text --runroot=text --log-level=text --cgroup-manager=text --conmon=text"
        " --cdi-spec-dir=text --config=text --default-mounts-file=text --events-backend=text --hooks-dir=text --identity=meta"
        " --imagestore=text --module=text --network-cmd-path=text --network-config-dir=text --namespace=text --out=write"
        " --pull-option=text --runtime=text --runtime-flag=text --ssh=text --storage-driver=text --storage-opt=text"
        " --tmpdir=text --transient-store --trace --noout -r/--remote --syslog --volumepath=text -v/--version --help"
    ),
    "npm": (
        "--prefix=text -C=text -w/--workspace=text --ws/--workspaces --no-workspaces --include-workspace-root --iwr"
        " --registry=url --userconfig=read --globalconfig=read --script-shell=program --cache=text --tag=text --otp=text"
        " --node-options=text --loglevel=text --access=text --before=text --cafile=meta --cert=text --cpu=text --os=text"
        " --libc=text --depth=text --editor=program --fetch-retries=text --fetch-timeout=text --git=program --https-proxy=proxy"
        " --proxy=proxy --noproxy=text --include=text --omit=text --install-strategy=text --location=text --logs-dir=text"
        " --logs-max=text --maxsockets=text --node-gyp=program --pack-destination=text --preid=text --save-prefix=text"
        " --scope=text --searchlimit=text --shell=program --tmp=text --umask=text --user-agent=text --viewer=program"
        " --auth-type=text -s/--silent -q/--quiet -d/--info -dd -ddd --verbose -g/--global -f/--force -y/--yes -n/--no"
        " -l/--long --parseable --json --color --no-color --dry-run --ignore-scripts --no-audit --audit --no-fund --fund"
        " --no-save --save -S -D/--save-dev -O/--save-optional -P/--save-prod -B/--save-bundle -E/--save-exact"
        " --legacy-peer-deps --strict-peer-deps --no-package-lock --package-lock-only --offline --prefer-offline"
        " --prefer-online --foreground-scripts --no-progress --progress --timing --no-update-notifier --provenance --if-present"
        " --engine-strict --strict-ssl --no-strict-ssl --install-links --no-bin-links --production --unicode --usage --version -v -h/--help -?"
    ),
    "npm publish": "--provenance",
    "pnpm": (
        "-C/--dir=text -F/--filter=text --filter-prod=text --changed-files-ignore-pattern=text --test-pattern=text"
        " --loglevel=text --reporter=text --use-node-version=text --workspace-concurrency=text --store-dir=text"
        " --virtual-store-dir=text --config-dir=text --state-dir=text --cache-dir=text --registry=url --global-dir=text"
        " --network-concurrency=text --child-concurrency=text --modules-dir=text --lockfile-dir=text"
        " --package-import-method=text -w/--workspace-root -r/--recursive -s/--silent --color --no-color --stream"
        " --aggregate-output --parallel --use-stderr -g/--global -D/--save-dev -P/--save-prod -O/--save-optional"
        " -E/--save-exact --offline --prefer-offline --frozen-lockfile --no-frozen-lockfile --ignore-scripts --fail-if-no-match"
        " --include-workspace-root --if-present --no-bail --bail --sequential --force -y/--yes -v/--version -h/--help"
    ),
    "pnpm publish": (
        "-r/--recursive --force --no-git-checks --provenance --dry-run --json --report-summary --tag=text --access=text"
        " --publish-branch=text --otp=text"
    ),
    "yarn": (
        "--cwd=text --modules-folder=text --cache-folder=text --global-folder=text --link-folder=text --mutex=text"
        " --network-concurrency=text --network-timeout=text --otp=text --preferred-cache-folder=text --proxy=proxy"
        " --https-proxy=proxy --registry=url --use-yarnrc=read --emoji=?text --no-emoji -s/--silent --verbose --offline"
        " --prefer-offline --json --ignore-scripts --har --ignore-platform --ignore-engines --ignore-optional --force"
        " --skip-integrity-check --check-files --no-bin-links --flat --prod --production --no-lockfile --pure-lockfile"
        " --frozen-lockfile --update-checksums --non-interactive --no-progress --strict-semver --no-default-rc"
        " --no-node-version-check --scripts-prepend-node-path --enable-pnp --pnp --disable-pnp -v/--version -h/--help"
    ),
    "pip": (
        "--python=text --log=write --log-file=write --proxy=text --retries=text --timeout=text --exists-action=text"
        " --trusted-host=text --cert=meta --client-cert=meta --cache-dir=text --use-feature=text --use-deprecated=text"
        " --keyring-provider=text --resume-retries=text --debug --isolated --require-virtualenv -v/--verbose -V/--version"
        " -q/--quiet --no-input --no-cache-dir --disable-pip-version-check --no-color --no-python-version-warning -h/--help"
    ),
    "uv": (
        "--directory=text --project=text --cache-dir=text --config-file=read --color=text --allow-insecure-host=text"
        " --python-preference=text --python-fetch=text --preview-features=text -p/--python=text --with=text --extra=text"
        " --group=text --env-file=read -q/--quiet -v/--verbose --no-color -n/--no-cache --offline --native-tls --no-native-tls"
        " --no-config --no-progress --preview --no-preview --managed-python --no-managed-python --no-python-downloads"
        " --system-certs -V/--version -h/--help"
    ),
    "uv run": (
        "+ --with=text --with-requirements=read --with-editable=text -p/--python=text --extra=text --no-extra=text --group=text"
        " --no-group=text --only-group=text --env-file=read --package=text --index=url --default-index=url -i/--index-url=url"
        " --extra-index-url=url -f/--find-links=url --index-strategy=text --keyring-provider=text --resolution=text"
        " --prerelease=text --exclude-newer=text --link-mode=text -C/--config-setting=text --refresh-package=text"
        " --upgrade-package=text --reinstall-package=text --python-platform=text --no-build-package=text"
        " --no-binary-package=text -m/--module -s/--script --gui-script --all-extras --all-groups --dev --no-dev --only-dev"
        " --no-default-groups --no-editable --exact --isolated --active --no-sync --locked --frozen --no-env-file"
        " --all-packages --no-project --upgrade -U --no-index --no-sources --reinstall --refresh --compile-bytecode --no-build"
        " --no-binary -q/--quiet -v/--verbose -n/--no-cache --offline --no-progress --no-config"
    ),
    "poetry": (
        "-C/--directory=text -P/--project=text --ansi --no-ansi -n/--no-interaction --no-plugins --no-cache -q/--quiet -v -vv"
        " -vvv --verbose -V/--version -h/--help"
    ),
    "pdm": (
        "-c/--config=read -I/--ignore-python --no-cache -n/--non-interactive -v/--verbose -q/--quiet -p/--project=text -V/--version -h/--help"
    ),
    "pipenv": (
        "--python=text --pypi-mirror=url --where --venv --py --envs --rm --bare --man --support --site-packages"
        " --no-site-packages --clear -q/--quiet -v/--verbose --version -h/--help"
    ),
    "hatch": (
        "-e/--env=text -p/--project=text --color --no-color --interactive --no-interactive -v/--verbose -q/--quiet"
        " --data-dir=text --cache-dir=text --config=read --version -h/--help"
    ),
    "pipx": "--global -q/--quiet -v/--verbose --version -h/--help",
    "bundle": "--retry=text -V/--verbose --no-color --no-prune -v/--version -h/--help",
    "conda": "-v/--verbose --no-plugins -V/--version -h/--help",
    "cargo": (
        "--manifest-path=read --config=text -Z=text -C=text --color=text --explain=text --target-dir=create -p/--package=text"
        " -F/--features=text --target=text --profile=text -j/--jobs=text --bin=text --example=text --test=text --bench=text"
        " --message-format=text --lockfile-path=text -v/--verbose -vv -q/--quiet --locked --offline --frozen --list -V"
        " -r/--release --all --workspace --all-features --no-default-features --all-targets --lib --bins --tests --benches"
        " --examples --keep-going --no-fail-fast -h/--help"
    ),
    "cargo publish": "--allow-dirty --no-verify -n/--dry-run --token=text --index=url --registry=text --exclude=text",
    "go": "+ -C=text",
    "apt": (
        "-o/--option=text -c/--config-file=read -t/--target-release/--default-release=text -a/--host-architecture=text"
        " -q/--quiet=?text -y/--yes/--assume-yes --assume-no -d/--download-only -s/--simulate/--dry-run --just-print --no-act"
        " --recon -f/--fix-broken -m/--ignore-missing/--fix-missing -u/--show-upgraded -V/--verbose-versions"
        " -b/--build/--compile --install-recommends --no-install-recommends --install-suggests --no-install-suggests"
        " --ignore-hold --allow-downgrades --allow-remove-essential --allow-change-held-packages --allow-unauthenticated"
        " --no-upgrade --only-upgrade --reinstall --purge --autoremove --auto-remove --trivial-only --no-remove --force-yes"
        " --print-uris --list-cleanup --only-source --no-download --no-all-versions --with-new-pkgs --solver=text"
        " -P/--build-profiles=text -v/--version -h/--help"
    ),
    "brew": "-d/--debug -q/--quiet -v/--verbose -h/--help --version",
    "dnf": (
        "-c/--config=read -d/--debuglevel=text -e/--errorlevel=text -R/--randomwait=text --repo=text --repoid=text"
        " --enablerepo=text --disablerepo=text --releasever=text --installroot=text --setopt=text -x/--exclude=text"
        " --advisory=text --forcearch=text --downloaddir=text --destdir=text --comment=text --disableplugin=text"
        " --enableplugin=text --rpmverbosity=text --color=text -y/--assumeyes --assumeno -b/--best --nobest -C/--cacheonly"
        " -q/--quiet -v/--verbose --refresh --allowerasing --skip-broken --nogpgcheck --noplugins --downloadonly --obsoletes"
        " --showduplicates --security --bugfix -4 -6 --version -h/--help"
    ),
    "yum": (
        "-c/--config=read -d/--debuglevel=text -e/--errorlevel=text -R/--randomwait=text --repo=text --repoid=text"
        " --enablerepo=text --disablerepo=text --releasever=text --installroot=text --setopt=text -x/--exclude=text"
        " --downloaddir=text --color=text -y/--assumeyes --assumeno -C/--cacheonly -q/--quiet -v/--verbose --skip-broken"
        " --nogpgcheck --noplugins --downloadonly --obsoletes --version -h/--help"
    ),
    "zypper": (
        "-c/--config=read --userdata=text -t/--table-style=text -D/--reposd-dir=text -C/--cache-dir=text --raw-cache-dir=text"
        " --solv-cache-dir=text --pkg-cache-dir=text -R/--root=text --installroot=text -p/--plus-repo=url --plus-content=text"
        " --releasever=text -q/--quiet -v/--verbose --color --no-color -A/--no-abbrev -n/--non-interactive"
        " --non-interactive-include-reboot-patches -x/--xmlout -i/--ignore-unknown --no-gpg-checks --gpg-auto-import-keys"
        " --no-refresh --no-cd --no-remote --disable-repositories --disable-system-resolvables -V/--version -h/--help"
    ),
    "apk": (
        "-p/--root=text -X/--repository=url --arch=text --cache-dir=text --cache-max-age=text --keys-dir=text"
        " --progress-fd=text --repositories-file=read --timeout=text --wait=text -f/--force -i/--interactive -q/--quiet"
        " -U/--update-cache -v/--verbose --allow-untrusted --no-cache --no-interactive --no-network --no-progress --print-arch"
        " --progress --purge --root-tmpfs -V/--version -h/--help"
    ),
    "gh": "-R/--repo=text --help --version",
    "glab": "-R/--repo=text -h/--help -v/--version",
    "svn": (
        "--username=text --password=text --config-dir=text --config-option=text --trust-server-cert-failures=text"
        " --non-interactive --no-auth-cache --trust-server-cert -q/--quiet -v/--verbose --force-interactive --password-from-stdin --version -h/--help"
    ),
    "hg": (
        "-R/--repository=text --cwd=text --config=text --encoding=text --encodingmode=text --color=text --pager=text"
        " -y/--noninteractive -q/--quiet -v/--verbose --debug --debugger --traceback --time --profile --hidden --version -h/--help"
    ),
    "composer": (
        "-d/--working-dir=text --profile --no-plugins --no-scripts --no-cache --ansi --no-ansi -n/--no-interaction -q/--quiet"
        " -v -vv -vvv --verbose --version -V -h/--help"
    ),
    "rustup": "-v/--verbose -q/--quiet -V/--version -h/--help",
    "dotnet": (
        "+ --additionalprobingpath=text --additional-deps=text --depsfile=text --fx-version=text --roll-forward=text"
        " --runtimeconfig=text -d/--diagnostics --list-sdks --list-runtimes --info --version -h/--help"
    ),
    "pre-commit": "-V/--version -h/--help",
    "snap": "-h/--help --version",
    "flatpak": (
        "--installation=text --user --system -v/--verbose --ostree-verbose --version --gl-drivers --supported-arches"
        " --default-arch --installations -h/--help"
    ),
    "gh api": (
        "-F=field --field=field -f=text --raw-field=text --input=read -X=text --method=text -H=text --header=text --cache=text"
        " -p=text --preview=text -t=text --template=text"
    ),
    "gh workflow": "-F=field --field=field -f=text --raw-field=text -r=text --ref=text",
    "gh issue": (
        "-F=read --body-file=read -b=text --body=text -t=text --title=text -T=text --template=text -l=text --label=text -m=text --milestone=text"
    ),
    "gh pr": (
        "-F=read --body-file=read -b=text --body=text -t=text --title=text -T=text --template=text -B=text --base=text -H=text"
        " --head=text -l=text --label=text"
    ),
    "gh mr": "-F=read --body-file=read -b=text --body=text -t=text --title=text -T=text --template=text -l=text --label=text",
    "gh discussion": "-F=read --body-file=read -b=text --body=text -t=text --title=text -T=text --template=text",
    "gh release": (
        "-F=read --notes-file=read -n=text --notes=text -t=text --title=text --target=text -p=text --pattern=text -D=create"
        " --dir=create -O=write --output=write -a=read --attach=read --assets-links=text"
    ),
    "gh gist": "-f=text --filename=text -d=text --desc=text -a=read --add=read -r=text --remove=text -t=text --title=text",
    "gh snippet": "-f=text --filename=text -d=text --desc=text -a=read --add=read -r=text --remove=text -t=text --title=text",
    "gh run": "-D=create --dir=create -n=text --name=text -p=text --pattern=text",
    "gh secret": "-f=read --env-file=read -b=text --body=text -o=text --org=text -a=text --app=text",
    "gh variable": "-f=read --env-file=read -b=text --body=text -o=text --org=text -a=text --app=text",
    "gh ssh-key": "-t=text --title=text --type=text",
    "gh gpg-key": "-t=text --title=text --type=text",
    "gh attestation": "-b=read --bundle=read -o=text --owner=text --custom-trusted-root=read",
    "gh codespace": "-c=text --codespace=text --profile=text --server-port=text -e=?text",
    "gh cs": "-c=text --codespace=text --profile=text --server-port=text -e=?text",
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "docker podman nerdctl": (
        "-c=text -m=text -f=text --format=text --filter=text -n=text --tail=text --since=text -u=text -p=text --username=text --password=text"
        " -o=text --output=text"
    ),
    "svn hg": (
        "-m=text -r=text --config=text --config-option=text -F=read --file=read -R=text --cwd=text --username=text"
        " --password=text --diff-cmd=program --editor-cmd=program --extcmd=program"
    ),
    "gem nuget twine": (
        "-i=create -n=create --source=url -s=url --repository-url=url --config-file=read -d=text --working-dir=text -v=text --version=text"
    ),
    "composer": "-i=create -n=create --source=url -s=url --repository-url=url --config-file=read -v=text --version=text",
    "rustup volta nvm fnm pyenv rbenv asdf mise": "--default-toolchain=text",
    "rustc gcc g++ cc clang clang++ c++ ld as gfortran": (
        "-o=write -I=text -L=text -l=text -D=text -x=text -std=text -include=read -MF=write -B=text -wrapper=program"
        " -fplugin=read --plugin=read -T=read -C=text --edition=text --crate-type=text --crate-name=text --emit=text --cfg=text --out-dir=create"
    ),
    "tsc esbuild vite webpack rollup swc babel parcel turbo nx next astro": (
        "-p=read --project=read --config=script:javascript -c=script:javascript --outfile=write --outdir=create --outDir=create"
        " -o=write --outFile=write --mode=text --port=text --host=text --target=text --tsconfig=read"
    ),
    "eslint prettier stylelint biome": (
        "-c=read --config=read --ext=text -o=write --output-file=write --ignore-path=read --rulesdir=text"
        " --resolve-plugins-relative-to=text --format=text -f=text --plugin=text --parser=text --rule=text"
    ),
    "jest vitest mocha ava cypress playwright karma": (
        "-c=script:javascript --config=script:javascript -r=script:javascript --require=script:javascript -t=text"
        " --testNamePattern=text --reporter=text --project=text -g=text --grep=text --outputFile=write"
        " --globalSetup=script:javascript --setupFiles=script:javascript"
    ),
    "pytest py.test": (
        "-k=text -m=text -c=read -p=text -n=text -o=text -W=text --rootdir=text --confcutdir=text --junitxml=write"
        " --junit-xml=write --log-file=write --basetemp=create --maxfail=text --tb=text --cov=?text --cov-report=text"
        " --cov-config=read --durations=text --deselect=text --ignore=text --color=text"
    ),
    "tox nox": "-e=text -c=read -f=read -s=text -r=text --session=text",
    "ruff mypy black isort flake8 pylint bandit pyright coverage pyflakes vulture radon": (
        "-c=text --config=text --config-file=text --select=text --ignore=text --rcfile=text --output-file=write -o=write"
        " --line-length=text -l=text -t=text --target-version=text --python-version=text -m=text -p=text --profile=text"
        " --format=text --output-format=text --exclude=text --extend-exclude=text"
    ),
    "rspec phpunit rubocop phpstan": (
        "-r=text -c=read --configuration=read --filter=text -e=text -f=text --format=text -o=write --out=write --bootstrap=script:php"
    ),
    "dotnet msbuild": (
        "-c=text -f=text -o=create --output=create -p=text -v=text --project=read --configuration=text --framework=text -r=text --source=url -s=text"
    ),
    "pre-commit act lefthook husky": "-c=read --config=read -a=text --files=text -W=read -P=text -j=text --from-ref=text --to-ref=text",
    "claude codex gemini cursor-agent copilot opencode aider droid amp goose": (
        "-p=text --print=text --model=text -m=text --settings=text --mcp-config=read --add-dir=text --append-system-prompt=text"
        " --system-prompt=text --allowedTools=text --disallowedTools=text --permission-mode=text --output-format=text"
        " --input-format=text -r=?text --resume=?text -c=text --config=text --message=text --message-file=read -f=text"
    ),
    "code-server jupyter jupyter-lab streamlit uvicorn gunicorn flask django-admin celery alembic": (
        "--port=text --host=text -m=text -c=text --config=text --app=text -b=text -w=text -k=text -A=text --reload=?text"
        " --ip=text --notebook-dir=text"
    ),
    "git": (
        "-m=text -F=read --file=read --message=text -b=text --branch=text -o=text --origin=text --depth=text --author=text"
        " --date=text --format=text --pretty=text --since=text --until=text --grep=text -S=text -G=text -L=text -U=text"
        " --output=write --output-directory=text --template=text --reference=meta --separate-git-dir=create --upload-pack=shell"
        " --receive-pack=shell --exec=shell -x=shell --open-files-in-pager=?text -O=?text --extcmd=shell --tool=text"
        " --pathspec-from-file=read --config=text -c=text -C=text --onto=text -X=text -s=text -n=text --max-count=text"
        " --remote=text --prefix=text --smtp-server=text --sendmail-cmd=shell --to-cmd=shell --cc-cmd=shell --signing-key=text"
        " -u=?text --ignore-file=text --source=text --jobs=text -j=text --recurse-submodules=?text --filter=text"
        " --shallow-since=text --server-option=text --stage-fixes=text --strategy=text --cleanup=text --fixup=text"
        " --squash=text --exclude=text --bundle-uri=text --diff-filter=text --word-diff=?text --inter-hunk-context=text"
    ),
    "apt apt-get apt-cache aptitude": "-o=text --option=text -c=read --config-file=read -t=text -q=?text -a=text",
    "cargo go": (
        "--manifest-path=read --config=text --target-dir=create -Z=text -p=text --package=text --features=text -F=text"
        " --target=text --profile=text --bin=text --example=text --test=text -j=text --jobs=text --registry=text --index=url"
        " --git=url --path=text --root=text --version=text --branch=text --color=text"
    ),
    "nix nix-shell": (
        "-p=text --packages=text --run=shell --command=shell -c=rest -I=text --argstr=text --arg=text -A=text -f=read --expr=text -E=text"
    ),
    "conda mamba micromamba": "-n=text --name=text -p=text --prefix=text --cwd=text -c=text --channel=text -f=read --file=read",
    "uv uvx poetry pdm pipenv hatch pipx bundle bundler rye pixi": (
        "--with=text --with-requirements=read --with-editable=text -p=text --python=text --project=text --directory=text"
        " --extra=text --group=text --env-file=read --index-url=url --default-index=url --index=url --extra-index-url=url"
        " -w=text --cache-dir=text --config-file=read --from=text --only-group=text --package=text --no-group=text -i=url"
        " --script=script:python --spec=text -n=text -e=text --env=text --environment=text -C=text --refresh-package=text"
    ),
    "pip pipenv-pip": (
        "-r=read --requirement=read -c=read --constraint=read -e=text --editable=text -i=url --index-url=url"
        " --extra-index-url=url -f=url --find-links=url -t=create --target=create --prefix=create --root=text --cert=meta"
        " --client-cert=meta --proxy=text --log=write --report=write -d=create --dest=create --python=text --cache-dir=text"
        " -w=create --wheel-dir=create --trusted-host=text --platform=text --python-version=text"
    ),
    "npm pnpm yarn cnpm npx bunx pnpx": (
        "--prefix=text -C=text -w=text --workspace=text --registry=url --userconfig=read --globalconfig=read"
        " --script-shell=program -c=shell --call=shell --cache=text --tag=text --otp=text --node-options=text -p=text"
        " --package=text --dir=text --filter=text -F=text --cwd=text --loglevel=text --node-arg=text"
    ),
    "dnf yum pacman apk brew zypper": "-c=read --config=read",
    "gh glab hub": "-R=text --repo=text --hostname=host -q=text --jq=text --json=text",
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
