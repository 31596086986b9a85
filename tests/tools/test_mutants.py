"""The mutants tool changes what it should, leaves alone what it should, and tells a test that notices from one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import mutants as tool
from tests.tools.mutants import Bench, Source, equivalent, mutants, twin

MODULE = '''"""A module."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Number = int | float


def within(value: int, most: int = 9) -> bool:
    """Whether a value is allowed."""
    if value == 0:
        return False
    return value <= most
'''
WEAK = "from gateway.x import within\n\ndef test_it(): assert within(3)\n"
STRONG = (
    "import pytest\nfrom gateway.x import within\n\n"
    "@pytest.mark.parametrize(('value', 'want'), [(0, False), (1, True), (8, True), (9, True), (10, False), (11, False)])\n"
    "def test_it(value, want): assert within(value) is want\n"
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("gateway", "tests"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "gateway/x.py").write_text(MODULE)
    return tmp_path


def changes(tree: Path) -> list[tuple[str, str]]:
    return [(mutant.old, mutant.new) for mutant in mutants(Source(tree / "gateway/x.py", tree))]


def outcomes(tree: Path, tests: str, *, warm: bool) -> dict[str, str]:
    (tree / "tests/test_x.py").write_text(tests)
    bench = Bench.__new__(Bench)
    bench.copy = tree
    if warm:
        assert bench.load(["tests/test_x.py"])[0] == 0
    found = {mutant.new: bench.outcome(mutant, ["tests/test_x.py"], 60) for mutant in mutants(Source(tree / "gateway/x.py", tree))}
    bench.close()
    return found


class TestMutants:
    def test_every_comparison_constant_and_return_is_changed(self, tree: Path) -> None:
        assert sorted(changes(tree)) == sorted(
            [
                ("9", "(9 + 1)"),
                ("value == 0", "value != 0"),
                ("0", "(0 + 1)"),
                ("return False", "return None"),
                ("False", "True"),
                ("return value <= most", "return None"),
                ("value <= most", "value < most"),
            ]
        )

    def test_each_is_named_by_its_function(self, tree: Path) -> None:
        named = {mutant.name for mutant in mutants(Source(tree / "gateway/x.py", tree))}
        assert "gateway/x.py | within | value <= most -> value < most" in named and len(named) == len(changes(tree))

    def test_types_docstrings_and_imports_are_not(self, tree: Path) -> None:
        (tree / "gateway/x.py").write_text(MODULE.partition("def within")[0])
        assert changes(tree) == []


class TestOutcome:
    """Warm and cold each run once in CI; the other two are for who changes the tool."""

    @pytest.mark.parametrize("warm", [True, pytest.param(False, marks=pytest.mark.long)])
    def test_a_test_that_notices_kills_every_one(self, tree: Path, warm: bool) -> None:
        assert set(outcomes(tree, STRONG, warm=warm).values()) == {"killed"}
        assert (tree / "gateway/x.py").read_text() == MODULE

    @pytest.mark.parametrize("warm", [False, pytest.param(True, marks=pytest.mark.long)])
    def test_a_test_that_looks_away_lets_them_live(self, tree: Path, warm: bool) -> None:
        found = outcomes(tree, WEAK, warm=warm)
        assert found["value < most"] == found["(9 + 1)"] == "survived" and found["value != 0"] == "killed"


class TestEquivalent:
    def test_each_has_a_reason(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        listed = tmp_path / "equivalent.txt"
        listed.write_text("# a heading\ngateway/x.py | a -> b # nobody can tell\n\n")
        monkeypatch.setattr(tool, "EQUIVALENT", listed)
        assert equivalent() == {"gateway/x.py | a -> b": "nobody can tell"}

    def test_those_that_are_listed_exist_and_say_why(self) -> None:
        names = equivalent()
        known = {name for path in {name.partition(" | ")[0] for name in names} for name in (m.name for m in mutants(Source(tool.ROOT / path)))}
        assert set(names) <= known and all(len(reason.split()) > 3 for reason in names.values())


def test_the_twin_of_a_module() -> None:
    assert twin("gateway/traces/writer.py") == "tests/traces/test_writer.py"
