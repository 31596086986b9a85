from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.host.policy_files import load_policy
from gateway.host.policy_reader import MAX_EXTENDS, Reader, compile_policy
from gateway.model.digest import plain_digest
from gateway.model.errors import PolicyError


class TestCompile:
    def test_baseline_lies_beneath_everything(self) -> None:
        policy, sources = compile_policy([])
        assert [document["builtin"] for document in policy["layers"]] and sources[0][0].endswith("baseline.yaml")

    def test_revision_depends_on_content_alone(self, tmp_path: Path) -> None:
        revisions = set()
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / ".agent-scope.json").write_text('{"commands": {"deny": ["x"]}}')
            revisions.add(compile_policy([("project", f"{tmp_path}/{folder}/.agent-scope.json")])[0]["revision"])
        assert len(revisions) == 1


class TestForeign:
    """A repository's policy must not read the user's files to the agent, which is told every reason."""

    CONTENTS = (
        "Sesame" * 17,
        "[default]\nSesame = 1\n",
        '{"Sesame": {"x": 1}}',
        '{"commands": {"Sesame": []}}',
        '{"commands": {"deny": ["Sesame", 5]}}',
        '{"files": {"read": {"deny": [{"match": "a", "Sesame": 1}]}}}',
        '{"a": "Sesame',
        '{"Sesame": 1, "Sesame": 2}',
        '{"extends": ["Sesame"]}',
        '["Sesame"]',
        '"Sesame"',
        "Sesame: [1\n",
        "\x00Sesame",
    )

    @pytest.mark.parametrize("content", CONTENTS)
    @pytest.mark.parametrize("name", ["notes", "notes.json", "notes.yaml"])
    def test_what_is_extended_is_not_quoted(self, tmp_path: Path, content: str, name: str) -> None:
        (tmp_path / name).write_text(content)
        (tmp_path / "p").mkdir()
        for text in (f"{tmp_path}/{name}", f"../{name}"):
            (tmp_path / "p" / ".agent-scope.json").write_text(json.dumps({"extends": [text]}))
            with pytest.raises(PolicyError) as caught:
                load_policy((f"{tmp_path}/p",))
            assert "Sesame" not in str(caught.value) and "extends" in str(caught.value)

    @pytest.mark.parametrize("content", CONTENTS)
    def test_what_a_link_leads_to_is_not_quoted(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "notes").write_text(content)
        (tmp_path / "p").mkdir()
        (tmp_path / "p" / ".agent-scope.json").symlink_to("../notes")
        with pytest.raises(PolicyError) as caught:
            load_policy((f"{tmp_path}/p",))
        assert "Sesame" not in str(caught.value)

    def test_the_project_s_own_is(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"comands": {}}')
        with pytest.raises(PolicyError, match="comands"):
            load_policy((str(tmp_path),))


class TestReader:
    def test_a_document_is_read_with_its_digest_and_text(self, tmp_path: Path) -> None:
        path = tmp_path / "p.json"
        path.write_bytes(b"\xef\xbb\xbf{}")
        reader = Reader()
        assert reader.read(str(path), must_exist=True) == "{}" and reader.read(f"{tmp_path}/no", must_exist=False) is None
        assert reader.sources == [(str(path), plain_digest(b"\xef\xbb\xbf{}")), (f"{tmp_path}/no", "")]
        assert reader.texts == {str(path): b"\xef\xbb\xbf{}"}

    def test_what_must_be_there_and_is_not(self, tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match="no such file") as told:
            Reader().read(f"{tmp_path}/no", must_exist=True)
        assert told.value.source == f"{tmp_path}/no"

    def test_bytes_that_are_no_text_are_told_by_their_place(self, tmp_path: Path) -> None:
        (tmp_path / "p.json").write_bytes(b"{}\xff")
        with pytest.raises(PolicyError, match="not UTF-8 at byte 2") as told:
            Reader().read(f"{tmp_path}/p.json", must_exist=True)
        assert told.value.source == f"{tmp_path}/p.json"

    def test_a_text_instead_of_a_files(self, tmp_path: Path) -> None:
        path = tmp_path / "p.json"
        path.write_text("{}")
        assert Reader({str(path): '{"a": 1}'}).read(str(path), must_exist=True) == '{"a": 1}'


class TestExtends:
    def layers(self, folder: Path, document: object, **files: object) -> list[dict[str, Any]]:
        (folder / "p").mkdir(exist_ok=True)
        for name, value in files.items():
            (folder / "p" / f"{name}.json").write_text(json.dumps(value))
        (folder / "p/.agent-scope.json").write_text(json.dumps(document))
        return compile_policy([("project", f"{folder}/p/.agent-scope.json")])[0]["layers"]

    def test_what_is_extended_lies_beneath_in_its_order(self, tmp_path: Path) -> None:
        one, two = ({"commands": {"deny": [name]}} for name in "ab")
        found = self.layers(tmp_path, {"extends": ["./one.json", "baseline", "two.json"], "commands": {"deny": ["c"]}}, one=one, two=two)
        names = [Path(layer["name"]).name for layer in found if not layer["builtin"]]
        assert names == ["one.json", "two.json", ".agent-scope.json"]
        assert [layer["name"] for layer in found if layer["builtin"]] == ["servers.yaml", "baseline.yaml"]

    @pytest.mark.parametrize(("mode", "shadow"), [("observe", True), ("enforce", False)])
    def test_who_only_observes_only_observes_what_it_extends(self, tmp_path: Path, mode: str, shadow: bool) -> None:
        found = self.layers(tmp_path, {"extends": ["./one.json"], "mode": mode}, one={"commands": {"deny": ["a"]}})
        assert [layer["shadow"] for layer in found if not layer["builtin"]] == [shadow, shadow]

    @pytest.mark.parametrize(("length", "fits"), [(MAX_EXTENDS, True), (MAX_EXTENDS + 1, False)])
    def test_a_chain_as_long_as_anybody_needs(self, tmp_path: Path, length: int, fits: bool) -> None:
        files = {f"f{number}": {"extends": [f"./f{number + 1}.json"]} for number in range(1, length)}
        files[f"f{length}"] = {}
        if fits:
            assert len([layer for layer in self.layers(tmp_path, {"extends": ["./f1.json"]}, **files) if not layer["builtin"]]) == length + 1
            return
        with pytest.raises(PolicyError, match="circle, or too deep") as told:
            self.layers(tmp_path, {"extends": ["./f1.json"]}, **files)
        assert told.value.pointer == "/extends"

    @pytest.mark.parametrize("name", ["~/team.json", "{home}/team.json", "../home/team.json"])
    def test_from_where_a_name_counts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        (tmp_path / "home").mkdir()
        (tmp_path / "home/team.json").write_text("{}")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        found = self.layers(tmp_path, {"extends": [name.replace("{home}", str(tmp_path / "home"))]})
        assert next(layer["name"] for layer in found if not layer["builtin"]) == str(tmp_path / "home/team.json")

    def test_a_pack_by_its_name_alone(self, tmp_path: Path) -> None:
        found = [layer for layer in self.layers(tmp_path, {"extends": ["strict"]}) if not layer["builtin"]]
        assert "strict.yaml" in [layer["name"] for layer in found]
        sources = {entry["source"] for layer in found for entry in layer["sections"].get("commands", {}).get("deny", {}).get("entries", ())}
        assert all(not source.startswith("/") for source in sources)

    def test_one_that_is_not_there_is_told_with_those_that_are(self, tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match="there is no pack `strickt`") as told:
            self.layers(tmp_path, {"extends": ["strickt"]})
        assert "strict" in told.value.hint and told.value.pointer == "/extends" and ".agent-scope.json" in told.value.source

    def test_what_is_wrong_with_another_file_is_told_by_its_line_alone(self, tmp_path: Path) -> None:
        (tmp_path / "p").mkdir()
        (tmp_path / "p/bad.json").write_text('{\n"commands": {"deny": [5]}}')
        with pytest.raises(PolicyError, match=r"`./bad.json` is no policy that can be understood at line 2") as told:
            self.layers(tmp_path, {"extends": ["./bad.json"]})
        assert f"policy check {tmp_path}/p/bad.json" in told.value.hint and told.value.pointer == "/extends"

    def test_a_file_that_is_not_there_is_told_where_it_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match=r"cannot extend `./no.json`: no such file") as told:
            self.layers(tmp_path, {"extends": ["./no.json"]})
        assert ".agent-scope.json" in told.value.source and told.value.pointer == "/extends"


class TestRoots:
    def test_only_a_project_s_policy_must_be_there(self, tmp_path: Path) -> None:
        compile_policy([("user", f"{tmp_path}/no"), ("managed", f"{tmp_path}/no")])
        with pytest.raises(PolicyError, match="no such file"):
            compile_policy([("project", f"{tmp_path}/no")])

    @pytest.mark.parametrize("level", ["user", "managed"])
    def test_what_only_the_user_could_have_linked_is_quoted(self, tmp_path: Path, level: str) -> None:
        (tmp_path / "notes").write_text('{"comands": {}}')
        (tmp_path / "policy.json").symlink_to("notes")
        with pytest.raises(PolicyError, match="comands"):
            compile_policy([(level, f"{tmp_path}/policy.json")])
        with pytest.raises(PolicyError, match="is no policy that can be understood"):
            compile_policy([("project", f"{tmp_path}/policy.json")])

    def test_a_kind_that_no_detector_is_called_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "p.json").write_text('{"redact": {"record": ["nothing"]}}')
        with pytest.raises(PolicyError, match="no detector is called"):
            compile_policy([("project", f"{tmp_path}/p.json")])

    def test_the_revision_counts_every_document(self, tmp_path: Path) -> None:
        paths = [("project", str(tmp_path / name)) for name in ("a.json", "b.json")]
        for _, path in paths:
            Path(path).write_text("{}")
        revisions = [compile_policy(paths[:count])[0]["revision"] for count in (0, 1, 2)]
        assert len(set(revisions)) == 3 and all(one.startswith("sha256:") for one in revisions)
