"""Assignments that change what programs run count as running something."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
PS4='$(rm x)'; set -x; ls => run rm x · write x [delete] · run set -x [data] · run ls
PS4='$(rm x)' bash -xc ls => run rm x · write x [delete] · run bash -xc ls · run ls
BASH_ENV='$(rm x)' bash -c ls => run rm x · write x [delete] · run BASH_ENV=$(rm x) [assignment] · run bash -c ls · run ls
LD_PRELOAD=/tmp/x.so ls => run LD_PRELOAD=/tmp/x.so [assignment] · run ls
PAGER=less man ls => run man ls
PAGER='sh -c id' man ls => run PAGER=sh -c id [assignment] · run sh -c id · run id · run man ls
GIT_SSH_COMMAND='ssh -o ProxyCommand=id' git fetch => run GIT_SSH_COMMAND=ssh -o ProxyCommand=id [assignment] · run ssh -o ProxyCommand=id · run id · run git fetch
export LD_PRELOAD=/tmp/x.so => run export LD_PRELOAD=/tmp/x.so [data] · run LD_PRELOAD=/tmp/x.so [assignment]
LD_PRELOAD=/tmp/x.so => nothing
PATH=/opt/x:$PATH; ls => run ls
PATH=$PATH:/usr/local/go/bin go build => run go build [runner]
FOO=bar ls => run ls
BASH_ENV=/tmp/x bash -c ls => run BASH_ENV=/tmp/x [assignment] · run bash -c ls · run ls
TAR_OPTIONS='--checkpoint=1 --checkpoint-action=exec=id' tar cf x y => run TAR_OPTIONS=--checkpoint=1 --checkpoint-action=exec=id [assignment] · run tar --checkpoint=1 --checkpoint-action=exec=id · run id · run tar cf x y · read y [tree] · write x <file:/p/y>
PROMPT_COMMAND='rm x' => nothing
env LD_PRELOAD=/tmp/x.so ls => run env LD_PRELOAD=/tmp/x.so ls [wrapper] · run LD_PRELOAD=/tmp/x.so [assignment] · run ls
EDITOR=vim git commit => run git commit
PYTHONPATH=src pytest => run pytest
PYTHONSTARTUP=/tmp/x python => run PYTHONSTARTUP=/tmp/x [assignment] · run python
NODE_OPTIONS=--max-old-space-size=4096 npm run build => run npm run build [runner]
NODE_OPTIONS='--require /tmp/x.js' node a.js => run NODE_OPTIONS=--require /tmp/x.js [assignment] · run node --require /tmp/x.js · read /tmp/x.js · run node a.js · read a.js
GIT_EDITOR='cat .env' git commit --amend => run GIT_EDITOR=cat .env [assignment] · run cat .env · read .env · run git commit --amend
GIT_SEQUENCE_EDITOR='less .env' git rebase -i HEAD~1 => run GIT_SEQUENCE_EDITOR=less .env [assignment] · run less .env · read .env · run git rebase -i HEAD~1
export GIT_EDITOR='cat .env'; git commit => run export GIT_EDITOR=cat .env [data] · run GIT_EDITOR=cat .env [assignment] · run cat .env · read .env · run git commit
MANPAGER='vim -c "!id"' man ls => run MANPAGER=vim -c "!id" [assignment] · run vim -c !id · run id · run man ls
PAGER=./less git log => run PAGER=./less [assignment] · run ./less · run git log
PAGER='/usr/bin/less -FRX' git log => run git log
EDITOR='code --wait' git commit => run git commit
GH_PAGER=cat gh pr list => run gh pr list
CC='ccache gcc -O2' make => run make [runner]
CC=x86_64-linux-gnu-gcc-12 make => run make [runner]
CC='rm -rf x' make => run CC=rm -rf x [assignment] · run rm -rf x · write x [delete,tree] · run make [runner]
CXX=./wrap make => run CXX=./wrap [assignment] · run ./wrap · run make [runner]
MAVEN_OPTS=-Xmx2g mvn test => run mvn test [runner]
MAVEN_OPTS=-javaagent:x.jar mvn test => run MAVEN_OPTS=-javaagent:x.jar [assignment] · run java -javaagent:x.jar · run mvn test [runner]
RUBYOPT=-r./x ruby => run RUBYOPT=-r./x [assignment] · run ruby -r./x · run ruby
"""
)
