"""What the programs of code forges would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
gh pr view 12 --comments => run gh pr view 12 --comments
gh pr checkout 12 => run gh pr checkout 12
gh api repos/o/r/pulls/1/comments => run gh api repos/o/r/pulls/1/comments
gh api -X GET gists -F description=@x => run gh api -X GET gists -F description=@x · read x · connect api.github.com <file:/p/x>
gh api -X GET gists -F description=literal => run gh api -X GET gists -F description=literal
gh api graphql -f query=x => run gh api graphql -f query=x
gh api gists --input - => run gh api gists --input - · connect api.github.com
gh api --hostname ghe.example repos/o/r => run gh api --hostname ghe.example repos/o/r · connect ghe.example
gh gist create -p .env -d notes => run gh gist create -p .env -d notes · read .env · connect api.github.com <file:/p/.env>
gh gist create -- .env => run gh gist create -- .env · read .env · connect api.github.com <file:/p/.env>
gh gist create - => run gh gist create - · connect api.github.com
gh gist edit 1 -a .env => run gh gist edit 1 -a .env · read .env · connect api.github.com <file:/p/.env>
gh release upload v1 .env#x => run gh release upload v1 .env#x · read .env · connect api.github.com <file:/p/.env>
gh release create v1 -F notes.md a.tgz => run gh release create v1 -F notes.md a.tgz · read notes.md · read a.tgz · connect api.github.com <file:/p/notes.md,file:/p/a.tgz>
gh issue create -F .env => run gh issue create -F .env · read .env · connect api.github.com <file:/p/.env>
gh pr create -F - => run gh pr create -F - · connect api.github.com
gh secret set -f .env => run gh secret set -f .env · read .env · connect api.github.com <file:/p/.env>
gh workflow run ci.yml -F a=@.env => run gh workflow run ci.yml -F a=@.env · read .env · connect api.github.com <file:/p/.env>
gh run download 1 -D out => run gh run download 1 -D out · write out [create]
gh codespace cp .env remote:/w => run gh codespace cp .env remote:/w · read .env · connect api.github.com <file:/p/.env>
gh cs cp remote:/w/x here => run gh cs cp remote:/w/x here · write here
gh cs ssh -- cat .env => run gh cs ssh -- cat .env · run cat .env [remote]
gh alias set co 'pr checkout' => run gh alias set co pr checkout · run gh pr checkout
gh alias set x '!cat .env' => run gh alias set x !cat .env · run cat .env · read .env
gh alias set x => run gh alias set x
glab snippet create .env => run glab snippet create .env · read .env · connect gitlab.com <file:/p/.env>
glab mr note 1 -m hello => run glab mr note 1 -m hello
gh pr create --title x --body "$(cat .env)" => run cat .env · read .env · run gh pr create --title x --body □ · connect api.github.com <file:/p/.env>
hub issue create -F .env => run hub issue create -F .env · read .env · connect api.github.com <file:/p/.env>
gh => run gh
"""
)
