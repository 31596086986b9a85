"""What policy knows of the options of programs, as data: which are one, which are words, which take the next word. Pure."""

from __future__ import annotations

LONG_FLAGS = {
    "rm": {"r": "recursive", "R": "recursive", "f": "force", "i": "interactive", "v": "verbose", "d": "dir"},
    "cp": {"r": "recursive", "R": "recursive", "f": "force", "a": "archive", "p": "preserve", "v": "verbose"},
    "mv": {"f": "force", "n": "no-clobber", "v": "verbose"},
    "ln": {"s": "symbolic", "f": "force"},
    "chmod": {"R": "recursive", "v": "verbose"},
    "chown": {"R": "recursive", "v": "verbose"},
    "chgrp": {"R": "recursive"},
    "grep": {"r": "recursive", "R": "dereference-recursive", "i": "ignore-case", "v": "invert-match", "n": "line-number"},
    "sed": {"i": "in-place", "n": "quiet", "e": "expression"},
    "curl": {
        "o": "output",
        "O": "remote-name",
        "L": "location",
        "s": "silent",
        "k": "insecure",
        "d": "data",
        "T": "upload-file",
        "X": "request",
    },
    "wget": {"O": "output-document", "q": "quiet", "r": "recursive"},
    "tar": {"x": "extract", "c": "create", "t": "list", "f": "file", "z": "gzip", "v": "verbose"},
    "git push": {"f": "force", "d": "delete", "n": "dry-run", "u": "set-upstream"},
    "git clean": {"f": "force", "n": "dry-run"},
    "git checkout": {"f": "force"},
    "git switch": {"f": "force", "C": "force-create", "c": "create"},
    "git branch": {"f": "force"},
    "git commit": {"n": "no-verify", "a": "all", "m": "message"},
    "git tag": {"d": "delete", "f": "force"},
    "git rm": {"r": "recursive", "f": "force", "n": "dry-run"},
    "git restore": {"S": "staged", "W": "worktree"},
    "docker rm": {"f": "force", "v": "volumes"},
    "docker run": {"d": "detach", "i": "interactive", "t": "tty", "v": "volume"},
    "kill": {},
}
"""Short flags that have a long name, by program or program and sub-command: `-f` and `--force` are one flag."""

WORD_FLAGS = frozenset(
    (
        "find",
        "java",
        "javac",
        "go",
        "terraform",
        "tofu",
        "openssl",
        "ffmpeg",
        "gcc",
        "g++",
        "clang",
        "cc",
        "ld",
        "osascript",
        "test",
        "expr",
        "mplayer",
        "X",
        "xterm",
        "dotnet",
        "pkgutil",
        "defaults",
        "security",
        "launchctl",
        "sips",
        "convert",
        "magick",
        "screencapture",
        "networksetup",
        "scutil",
        "hdiutil",
        "xcodebuild",
    )
)
"""Programs whose options are words after a single dash: `-delete` is one flag, not six."""

_COMPOSE = ("-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory", "--progress", "--ansi", "--parallel")

VALUE_OPTIONS = {
    "agent-strace": ("--trace-dir", "--color"),
    "git": ("-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env", "--super-prefix", "--attr-source"),
    "docker": ("-H", "--host", "-c", "--context", "--config", "-l", "--log-level", "--tlscacert", "--tlscert", "--tlskey"),
    "docker compose": _COMPOSE,
    "docker-compose": _COMPOSE,
    "podman": ("-c", "--connection", "--url", "--root", "--runroot", "--log-level"),
    "kubectl": (
        "-n",
        "--namespace",
        "--context",
        "--cluster",
        "--user",
        "--kubeconfig",
        "-s",
        "--server",
        "--token",
        "--as",
        "--request-timeout",
        "-v",
    ),
    "helm": ("-n", "--namespace", "--kube-context", "--kubeconfig"),
    "npm": ("--prefix", "-w", "--workspace", "--registry", "--userconfig", "-C", "--loglevel", "--cache", "--otp", "--tag"),
    "pnpm": ("-C", "--dir", "--filter", "-F"),
    "yarn": ("--cwd",),
    "uv": ("--directory", "--project", "--cache-dir", "--config-file", "--python", "-p", "--with", "--extra", "--group", "--env-file"),
    "cargo": ("--manifest-path", "--config", "-Z", "-C", "--color"),
    "go": ("-C",),
    "make": ("-C", "-f", "--file", "--directory", "-j"),
    "systemctl": ("-H", "--host", "-M", "--machine", "-p", "-t"),
    "aws": ("--profile", "--region", "--output", "--endpoint-url"),
    "gcloud": ("--project", "--account", "--configuration"),
    "az": ("--subscription",),
    "gh": ("-R", "--repo"),
    "terraform": ("-chdir",),
    "ssh": ("-i", "-p", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-W", "-w", "-m", "-S", "-e", "-I", "-Q", "-B"),
    "su": ("-c", "-s", "-g", "-G"),
    "sudo": ("-u", "-g", "-p", "-C", "-h", "-r", "-t", "-T", "-U", "-D", "-R"),
}
"""Options before the sub-command that take the next word: `git -C dir push` is `git push`."""

KNOWN_SWITCHES = {
    verb: frozenset(options.split())
    for verb, options in {
        "git push": "--tags --all --atomic --follow-tags --no-verify --verify --porcelain --progress --thin --no-thin --mirror --prune -4 -6",
        "git clean": "-d -x -X --interactive",
        "git checkout": "--quiet --progress --detach --track --no-track -t --merge -m --ours --theirs --ignore-skip-worktree-bits",
        "git restore": "-p --patch --progress --ours --theirs --merge -m --overlay --no-overlay",
        "git config": "--global --local --system --worktree -z --null --name-only --show-origin --show-scope --includes --no-includes --bool --int",
        "git prune": "--progress",
        "npm publish": "--provenance --workspaces --include-workspace-root --force",
        "pnpm publish": "--recursive -r --force --no-git-checks --provenance",
        "cargo publish": "--allow-dirty --no-verify --workspace --all-features --no-default-features --keep-going",
        "kubectl delete": "--all --all-namespaces --force --now --wait --ignore-not-found -R --recursive",
        "helm uninstall": "--wait --keep-history --no-hooks --ignore-not-found",
        "systemctl": "--now --no-block --quiet --runtime --global --force",
    }.items()
}
"""Program and sub-command -> options that take no value, so that what stands behind one is an option of its own."""

SWITCHES = frozenset(
    "-q --quiet -v --verbose --no-pager -P --paginate --silent -s --debug --no-color -y --yes -A --all --no-optional-locks --bare -h --help"
    " --literal-pathspecs --version -V --offline --locked --frozen -it -i -t --rm --no-cache --json -u -B -E -I -O -OO -x -e -n --no-sync"
    " --isolated".split()
)
"""Options that never take the next word as their value."""
