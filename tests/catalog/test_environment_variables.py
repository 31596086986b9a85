"""Variables that change what programs do, and the values of them that are ordinary."""

from __future__ import annotations

import pytest

from gateway.catalog.environment_variables import CODE_LOADERS, COMMAND_LINES, EXPANDED, changes_programs, is_harmless


@pytest.mark.parametrize("name", ["LD_PRELOAD", "PAGER", "GIT_SSH_COMMAND", "PATH", "BASH_ENV", "GIT_CONFIG_KEY_0", "BASH_FUNC_ls%%", "NODE_OPTIONS"])
def test_changing(name: str) -> None:
    assert changes_programs(name)


@pytest.mark.parametrize("name", ["FOO", "CI", "DEBUG", "NODE_ENV", "PORT", "DATABASE_URL", "RUST_LOG"])
def test_not_changing(name: str) -> None:
    assert not changes_programs(name)


@pytest.mark.parametrize(
    ("name", "value", "harmless"),
    [
        ("PAGER", "", True),
        ("PAGER", "less -R", False),  # read as the command line that it is, see test_assigning
        ("NODE_OPTIONS", "--max-old-space-size=4096", True),
        ("NODE_OPTIONS", "--max-old-space-size 4096 --no-warnings", True),
        ("NODE_OPTIONS", "--experimental-vm-modules", True),
        ("NODE_OPTIONS", "--require ./x.js", False),
        ("NODE_OPTIONS", "--experimental-loader=./x.mjs", False),
        ("NODE_OPTIONS", "--experimental-default-config-file", False),
        ("NODE_OPTIONS", "--trace-event-file-pattern=/etc/x", False),
        ("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8 -Xmx512m", True),
        ("JAVA_TOOL_OPTIONS", "-javaagent:x.jar", False),
        ("MAVEN_OPTS", "-Xmx2g -XX:MaxMetaspaceSize=1g -XX:+UseG1GC -ea", True),
        ("MAVEN_OPTS", "-Xmx2g -javaagent:x.jar=a", False),
        ("MAVEN_OPTS", "-agentpath:/x/y.so", False),
        ("MAVEN_OPTS", "-XX:OnOutOfMemoryError=id", False),
        ("MAVEN_OPTS", "-XX:Flags=x", False),
        ("MAVEN_OPTS", "@args", False),
        ("GRADLE_OPTS", "-Dorg.gradle.daemon=false --add-opens=java.base/java.lang=ALL-UNNAMED", True),
        ("GRADLE_OPTS", "-Djava.system.class.loader=Evil", False),
        ("GRADLE_OPTS", "-Xbootclasspath/a:x.jar", False),
        ("RUSTFLAGS", "-C target-cpu=native", True),
        ("RUSTFLAGS", "-C linker=./evil", False),
        ("GOFLAGS", "-mod=vendor", True),
        ("GOFLAGS", "-toolexec=./evil", False),
        ("PYTHONPATH", "src:.", True),
        ("PYTHONPATH", "/tmp/x", False),
        ("PATH", "/opt/go/bin:/usr/bin", True),
        ("PATH", "/tmp/x:/usr/bin", False),
        ("PATH", ".:/usr/bin", False),
        ("PATH", ":/usr/bin", False),
        ("LD_PRELOAD", "./x.so", False),
        ("LD_PRELOAD", "", True),
    ],
)
def test_harmless(name: str, value: str, harmless: bool) -> None:
    assert is_harmless(name, value) is harmless


def test_the_lists_do_not_overlap() -> None:
    assert not COMMAND_LINES & CODE_LOADERS
    assert {"PS4", "BASH_ENV"} <= EXPANDED
