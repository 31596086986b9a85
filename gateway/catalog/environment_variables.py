"""Variables that change what later programs do: which ones, and what their values run. Pure data and one reading."""

from __future__ import annotations

COMMAND_LINES = frozenset(
    "PAGER GIT_PAGER MANPAGER SYSTEMD_PAGER BAT_PAGER EDITOR VISUAL GIT_EDITOR GIT_SEQUENCE_EDITOR FCEDIT SUDO_EDITOR KUBE_EDITOR GIT_SSH_COMMAND"
    " GIT_SSH GIT_ASKPASS SSH_ASKPASS SUDO_ASKPASS GIT_EXTERNAL_DIFF GIT_PROXY_COMMAND RSYNC_RSH CVS_RSH SVN_SSH BROWSER PROMPT_COMMAND MAKESHELL"
    " NPM_CONFIG_SHELL npm_config_script_shell GIT_DIFF_OPTS CC CXX LESSOPEN LESSCLOSE"
    " AWS_PAGER GH_PAGER GH_EDITOR GH_BROWSER GLAB_PAGER PSQL_PAGER PSQL_EDITOR DELTA_PAGER HGEDITOR SVN_EDITOR".split()
)
"""Their value is a command line (or a program) that other programs start."""

CODE_LOADERS = frozenset(
    "LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES DYLD_LIBRARY_PATH BASH_ENV ENV ZDOTDIR PYTHONSTARTUP PYTHONPATH PYTHONHOME PERL5LIB"
    " PERL5OPT PERL5DB RUBYLIB RUBYOPT NODE_OPTIONS NODE_PATH JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS MAVEN_OPTS GRADLE_OPTS CLASSPATH"
    " GCONV_PATH GIT_EXEC_PATH GIT_TEMPLATE_DIR GIT_CONFIG GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_COUNT PATH IFS PS4 SHELLOPTS BASHOPTS"
    " GEM_HOME GEM_PATH BUNDLE_GEMFILE PIP_CONFIG_FILE NPM_CONFIG_USERCONFIG CARGO_HOME RUSTC_WRAPPER RUSTFLAGS GOFLAGS TAR_OPTIONS GREP_OPTIONS"
    " CLAUDE_CONFIG_DIR CLAUDE_CODE_SIMPLE CLAUDE_CODE_SAFE_MODE CODEX_HOME OPENCODE_PURE PYTEST_ADDOPTS PYTEST_PLUGINS"
    " GIT_CONFIG_PARAMETERS JAVA_OPTS SBT_OPTS ANT_OPTS".split()
)
"""Their value decides which code other programs load."""

EXPANDED = frozenset("PS0 PS1 PS2 PS4 BASH_ENV ENV".split())
"""The shell expands their values itself: what stands in `$(…)` there runs."""

NUMBERED = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "BASH_FUNC_")

CONTACTS = frozenset(
    "http_proxy https_proxy all_proxy ftp_proxy pip_index_url pip_extra_index_url pip_proxy uv_index_url uv_default_index uv_index"
    " npm_config_registry npm_config_proxy npm_config_https_proxy yarn_npm_registry_server goproxy docker_host anthropic_base_url openai_base_url"
    " aws_endpoint_url pghost pip_find_links".split()
)
"""Their value, in any case of letters, is a machine that later programs contact."""

COMPILERS = frozenset(("CC", "CXX"))
"""Those of them that name a compiler."""

OPTION_LINES = {
    **dict.fromkeys(
        "JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JAVA_OPTS MAVEN_OPTS GRADLE_OPTS SBT_OPTS ANT_OPTS".split(),
        "java",
    ),
    "NODE_OPTIONS": "node",
    "PERL5OPT": "perl",
    "PYTEST_ADDOPTS": "pytest",
    "RUBYOPT": "ruby",
    "TAR_OPTIONS": "tar",
}
"""Their value is options of a program, read as that program's command line."""

_BUILD_SETTINGS = frozenset(
    "RUSTFLAGS GOFLAGS CARGO_HOME CLASSPATH GEM_HOME GEM_PATH GREP_OPTIONS NODE_PATH IFS PS4".split()
)
_BUILD_PROGRAMS = ("linker=./", "linker=/", "linker=~", "linker=..", "-toolexec", "-overlay", "-exec=", "-exec ")
"""What in them names a program of the project: rustc's `-C linker`, go's `-toolexec` and `-exec` (cmd/go)."""

_HARMLESS_NODE = frozenset(
    "--max-old-space-size --max_old_space_size --max-semi-space-size --max-http-header-size --no-warnings --disable-warning --trace-warnings"
    " --trace-deprecation --trace-uncaught --trace-exit --trace-sigint --trace-sync-io --trace-gc --enable-source-maps --no-deprecation"
    " --throw-deprecation --stack-size --stack-trace-limit --unhandled-rejections --dns-result-order --preserve-symlinks"
    " --expose-gc --openssl-legacy-provider --test --test-reporter=spec --conditions --inspect --inspect-brk --no-addons --pending-deprecation"
    " --experimental-vm-modules --experimental-strip-types --experimental-transform-types --experimental-specifier-resolution"
    " --experimental-require-module --experimental-json-modules --experimental-fetch --experimental-global-webcrypto --experimental-wasm-modules"
    " --experimental-import-meta-resolve --experimental-sqlite --experimental-websocket --experimental-test-coverage --experimental-worker"
    " --no-experimental-fetch --no-experimental-strip-types --no-experimental-require-module --no-experimental-global-navigator".split()
)
_HARMLESS_JAVA = (
    "-Xm",
    "-Xs",
    "-XX:+",
    "-XX:-",
    "-XX:Max",
    "-XX:Min",
    "-XX:Initial",
    "-XX:Metaspace",
    "-XX:Reserved",
    "-XX:Active",
    "-XX:Tiered",
)
_HARMLESS_JAVA_WORDS = frozenset(
    "-server -client -ea -esa -da -enableassertions -disableassertions --enable-preview".split()
)
_JAVA_MODULES = (
    "--add-opens=",
    "--add-exports=",
    "--add-modules=",
    "--add-reads=",
    "--illegal-access=",
    "--enable-native-access=",
)
_JAVA_LOADERS = tuple(
    "-Djava.system.class.loader -Djava.ext.dirs -Djava.library.path -Djava.security -Djdk.module -Djava.endorsed.dirs -Djava.class.path -Djna"
    " -Djava.home -Dmaven.ext.class.path -Dmaven.home -Dmaven.multiModuleProjectDirectory -Dsun.boot -Dcom.sun.management".split()
)
"""Properties that load code or open the machine."""
_HARMLESS_PYTHON = ("src", ".", "./src", "lib", "./lib", "tests")

_SHARED_FOLDERS = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108 - where anybody may put a program


def changes_programs(name: str) -> bool:
    """Whether a variable decides what other programs run, load or contact."""
    return name in COMMAND_LINES or name in CODE_LOADERS or name.startswith(NUMBERED) or name.lower() in CONTACTS


def contacted(name: str, value: str) -> list[str]:
    """Return the machines that a variable's value makes later programs contact; a path or a word such as `direct` is
    none.
    """
    if name.lower() not in CONTACTS:
        return []
    parts = [part.strip() for part in value.replace("|", ",").split(",")]
    return [part for part in parts if part and not part.startswith(("/", "unix:")) and part not in ("direct", "off")]


def is_harmless(name: str, value: str) -> bool:
    """Whether a value of such a variable is one of the ordinary ones."""
    words = value.split()
    if not words or name.lower() in CONTACTS:
        return True
    if name in _BUILD_SETTINGS:
        return (
            not any(folder in value for folder in _SHARED_FOLDERS)
            and len(words) < 12
            and not any(program in value for program in _BUILD_PROGRAMS)
        )
    if OPTION_LINES.get(name) == "java":
        return all(map(_is_plain_java, words))
    if name == "NODE_OPTIONS":
        return all(
            word.partition("=")[0] in _HARMLESS_NODE or word in _HARMLESS_NODE or word.isdigit() for word in words
        )
    if name == "PYTHONPATH":
        return all(
            part in _HARMLESS_PYTHON or part.startswith(("./", "$PWD", "src/")) or part == ""
            for part in value.split(":")
        )
    if name == "PYTEST_ADDOPTS":
        return not any(
            word.startswith(("-p", "-c", "--rootdir", "--confcutdir", "-o", "--override-ini")) for word in words
        )
    if name == "PATH":
        return not any(part in ("", ".") or f"{part}/".startswith(_SHARED_FOLDERS) for part in value.split(":"))
    return False


def _is_plain_java(word: str) -> bool:
    """Whether an option of a JVM sets a size, a switch, a module's openness or a property; agents, class paths and
    commands on error load code.
    """
    if word.startswith("-D"):
        return not word.startswith(_JAVA_LOADERS)
    return (
        (word.startswith(_HARMLESS_JAVA) and "/" not in word)
        or word in _HARMLESS_JAVA_WORDS
        or word.startswith(_JAVA_MODULES)
    )


AS_OPTIONS = {
    "git": {"GIT_WORK_TREE": "--work-tree", "GIT_DIR": "--git-dir", "GIT_NAMESPACE": "--namespace"},
    "pip": {"PIP_PYTHON": "--python", "PIP_PREFIX": "--prefix", "PIP_TARGET": "--target", "VIRTUAL_ENV": "--python"},
    "uv": {"UV_PROJECT_ENVIRONMENT": "--python", "VIRTUAL_ENV": "--python"},
}
"""Program -> variables that say what an option of its says: git(1), pip's "Environment Variables" (`PIP_<NAME>`), uv's
reference.
"""
