"""Spellings: other ways to write one command that its own program takes for the same, so that an entry speaks of all of
them. Pure.

`npm i` is `npm install`, `docker container rm` is `docker rm`, `cargo +nightly install` is `cargo install`. Where the
program has another name (`pip3`, `docker-compose up`, `apt-get`), deny and ask entries see both names; an allow entry
means the name it says.

Source: the programs' manuals (npm: `lib/utils/cmd-list.js`; docker: its management commands; kubectl: `api-resources`).
"""

from __future__ import annotations

_VERBS = {
    "npm": (
        "install i in ins inst insta instal isnt isnta isntal isntall add;run run-script rum urn;exec x;uninstall un unlink remove rm r;"
        "update up upgrade udpate;test t tst;view v info show;ci clean-install ic install-clean isntall-clean;link ln;init create innit;"
        "install-test it;install-ci-test cit sit;list ls la ll;search s se find;config c;publish;unpublish;deprecate;dist-tag dist-tags;"
        "owner author;access;adduser add-user login;logout;audit;pack;prune;rebuild rb;start;stop;restart;token;version verison;whoami;"
        "dedupe ddp;docs home;explain why;exec;fund;help hlep;hook;org ogr;outdated;ping;pkg;prefix;profile;query;repo;root;sbom;set;get;"
        "shrinkwrap;star;stars;team;bugs issues;cache;completion;diff;doctor;edit;explore;find-dupes;help-search;unstar"
    ),
    "pnpm": "install i;remove rm uninstall un;update up upgrade;run run-script;list ls",
    "cargo": "build b;check c;doc d;test t;run r;remove rm",
    "helm": "uninstall del delete un;list ls",
    "svn": "checkout co;commit ci;update up;delete del remove rm;move mv rename ren;copy cp;switch sw;propset pset ps",
    "hg": "commit ci;update up checkout co;remove rm",
    "git": "add stage",
    "brew": "uninstall rm remove;list ls",
    "zypper": "install in;remove rm;update up;refresh ref;dist-upgrade dup",
    "dnf": "install in;remove rm erase;upgrade up update",
    "yum": "remove erase;upgrade update",
    "composer": "install i;require r req;update u upgrade;remove rm uninstall",
    "gem": "install i",
    "bundle": "exec e ex exe;install i",
    "rails": "generate g;destroy d;console c;server s;test t;runner r",
    "conda": "remove uninstall;update upgrade",
    "gh": "codespace cs;attestation at;ruleset rs",
}
"""Program -> groups of words that mean one sub-command, the first of each being the one it is compared by."""

_SECOND = {
    "gh": "create new;list ls",
    "kubectl": (
        "pod pods po;namespace namespaces ns;deployment deployments deploy;service services svc;configmap configmaps cm;secret secrets;"
        "node nodes no;statefulset statefulsets sts;daemonset daemonsets ds;replicaset replicasets rs;job jobs;cronjob cronjobs cj;"
        "ingress ingresses ing;persistentvolumeclaim persistentvolumeclaims pvc;persistentvolume persistentvolumes pv;"
        "serviceaccount serviceaccounts sa;customresourcedefinition customresourcedefinitions crd crds"
    ),
}
"""The same for the word behind the sub-command."""

_MANAGED = {
    "container": (
        "attach commit cp create diff exec export inspect kill logs pause port rename restart rm run start stats stop top unpause update wait"
    ),
    "image": "build history import load pull push save tag",
    "buildx": "build",
    "builder": "build",
}
"""Docker's management commands, and which commands behind them exist without them."""
_SHORT = {"container ls": "ps", "container list": "ps", "container ps": "ps", "container remove": "rm"}
_SHORT |= {"image ls": "images", "image list": "images", "image rm": "rmi", "image remove": "rmi"}
_SHORT |= {f"{group} {verb}": verb for group, verbs in _MANAGED.items() for verb in verbs.split()}
_CONTAINERS = ("docker", "podman", "nerdctl")

_PREFIXES = frozenset(("npm",))
"""Programs that take any beginning of a sub-command which is that of no other."""

_TOOLCHAINS = ("cargo", "rustc", "rustup")
_TOOLCHAIN = "+-._abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

_read: dict[str, dict[str, str]] = {}


def _table(kind: str, program: str, text: str) -> dict[str, str]:
    found = _read.get(kind + program)
    if found is None:
        found = _read[kind + program] = {word: group.split()[0] for group in text.split(";") for word in group.split()}
    return found


def canonical(program: str, words: list[str]) -> list[str]:
    """Return the operands of a command as they are compared: the sub-command under its first name."""
    if not words:
        return words
    first = words[0]
    if program in _CONTAINERS and len(words) > 1:
        short = _SHORT.get(f"{first} {words[1]}")
        return [short, *words[2:]] if short else words
    if program in _TOOLCHAINS and first.startswith("+") and not first.strip(_TOOLCHAIN):
        return canonical(program, words[1:])
    if program in _VERBS:
        known = _table("", program, _VERBS[program])
        meant = known.get(first)
        if meant is None and program in _PREFIXES and first.isalpha():
            fits = {known[word] for word in known if word.startswith(first)}
            meant = fits.pop() if len(fits) == 1 else None
        words = [meant, *words[1:]] if meant is not None and meant != first else words
    if program in _SECOND and len(words) > 1:
        second, slash, rest = words[1].partition("/")
        meant = _table("2", program, _SECOND[program]).get(second)
        if meant is not None:
            words = [words[0], meant, *([rest] if slash and rest else []), *words[2:]]
    return words


_VERSION = "0123456789."
_ALONE = ("yarn", "bundle")
"""Programs that install when nothing else is said."""
_ASKING = frozenset(("-v", "--version", "-h", "--help"))
_MOST = 200
"""Most resources of one list; there are no more kinds of them."""
_SCRIPTS = ("test", "start", "stop", "restart")
"""Scripts that npm runs by their names alone."""

_TWINS = {"apt": "apt-get", "apt-get": "apt", "mysql": "mariadb", "mariadb": "mysql"}
"""Programs that take the same commands under two names."""


_RENAMED = frozenset(
    (
        "npx",
        "npm",
        "yarn",
        "pnpm",
        "bun",
        "kubectl",
        "docker",
        "podman",
        "docker-compose",
        "podman-compose",
        *_ALONE,
        *_TWINS,
    )
)
"""Programs of which `others` knows another name for one command or another."""


def has_aliases(program: str) -> bool:
    """Whether sub-commands of a program have several names."""
    return program in _VERBS or program in _SECOND or program in _CONTAINERS or program in _TOOLCHAINS


def has_others(program: str) -> bool:
    """Whether a command of a program may have another name altogether."""
    return program in _RENAMED or program[-1:] in _VERSION


def others(words: tuple[str, ...], program: str, operands: list[str]) -> list[tuple[str, ...]]:
    """Return the same command by other names of its program, and one for each of the things it names at once.

    operands  its operands as they are compared
    """
    rest = words[1:]
    verb = operands[0] if operands else ""
    if program[-1:] in _VERSION:
        bare = program.rstrip(_VERSION).rstrip("-")
        names = dict.fromkeys((program.partition(".")[0], bare) if len(bare) > 1 else ())
        return [(name, *rest) for name in names if name != program]
    if not operands and program in _ALONE:
        return [] if _ASKING.intersection(rest) else [(program, "install", *rest)]
    if program in _TWINS:
        return [(_TWINS[program], *rest)]
    if program in ("docker-compose", "podman-compose"):
        return [(program.partition("-")[0], "compose", *rest)]
    flags = tuple(word for word in rest if word.startswith("-") and word != "--")
    if program in ("docker", "podman") and verb == "compose":
        return [(f"{program}-compose", *operands[1:], *flags)]
    if program == "npx":
        return [("npm", "exec", *rest)]
    if program in ("npm", "yarn", "pnpm", "bun"):
        return _scripts(program, operands, flags)
    if program == "kubectl" and len(operands) > 1 and "," in operands[1]:
        listed = [item for item in operands[1].split(",")[:_MOST] if item]
        return [tuple(item if word == operands[1] else word for word in words) for item in listed]
    return []


def _scripts(program: str, operands: list[str], flags: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return other ways to start a program or a script of a project."""
    verb = operands[0] if operands else ""
    if program == "npm" and verb == "exec":
        return [("npx", *operands[1:], *flags)]
    if verb == "run" and len(operands) > 1 and (program != "npm" or operands[1] in _SCRIPTS):
        return [(program, *operands[1:], *flags)]
    return [(program, "run", *operands, *flags)] if verb and (program != "npm" or verb in _SCRIPTS) else []
