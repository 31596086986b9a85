"""Lines that carry something to a place, as data; and the ordinary work that the same programs do."""

from __future__ import annotations

CARRIERS = r"""
echo x > {f}
echo x | tee {f}
tee -a {f} < x
cp x {f}
cp -r evil/. {d}/
cp -r evil {d}
mv x {f}
mv {d} y
mv {f} y
rm {f}
rm -rf {d}
ln -sf /bin/true {f}
ln -sfn y {d}
ln {f} e
ln -s {f} e && echo x > e
ln -s {d} e && echo x > e/{b}
ln -s {d} e && cp x e/
ln -s {d} e; tar xf x.tar -C e
cp -l {f} e
cp -rl {d} e
cp -s {f} e && echo x > e
link {f} e
sed -i s/a/b/ {f}
perl -pi -e s/a/b/ {f}
truncate -s 0 {f}
dd if=x of={f}
install -m 755 x {f}
install -D x {f}
rsync -a x/ {d}/
rsync -a --delete empty/ {d}/
rsync -a host:x/ {d}/
tar xf x.tar -C {d}
tar -C {d} -xf x.tar
cd {d} && tar xf /x.tar
bsdtar -xf x.tar -C {d}
unzip -o x.zip -d {d}
7z x x.7z -o{d}
cpio -i -D {d} < x.cpio
unar -o {d} x.zip
busybox unzip x.zip -d {d}
busybox cp x {f}
python3 -m tarfile -e x.tar {d}
python3 -m zipfile -e x.zip {d}
cd {d} && python3 -m zipfile -e x.zip .
python3 -c "import shutil; shutil.unpack_archive('x.tar', '{d}')"
python3 -c "import tarfile; tarfile.open('x.tar').extractall('{d}')"
python3 -c "import zipfile; zipfile.ZipFile('x.zip').extractall('{d}')"
python3 -c "open('{f}','w')"
python3 -c "import shutil; shutil.rmtree('{d}')"
python3 -c "import os; os.link('{f}', 'e')"
python3 -c "import os; os.symlink('{f}', 'e'); open('e','w')"
python3 -c "import os; os.replace('e', '{f}')"
python3 -c "import os; os.truncate('{f}', 0)"
python3 -c "from pathlib import Path; Path('{f}').write_text('x')"
python3 -c "from pathlib import Path; Path('{f}').unlink()"
python3 -c "from pathlib import Path; Path('e').rename('{f}')"
python3 -c "from pathlib import Path; Path('{f}').hardlink_to('e')"
python3 -c "from pathlib import Path; Path('e').hardlink_to('{f}')"
python3 -c "import shutil; shutil.copytree('e', '{d}', dirs_exist_ok=True)"
patch {f} < x
patch -d {d} -p1 < x
cd {d} && patch -p1 < x
patch -i x -o {f}
git apply --directory={d} x
cd {d} && git apply x
git -C {d} apply x
git -C {d} checkout x
git -C {d} checkout HEAD~1 -- .
git checkout HEAD~1 -- {f}
git restore --source=HEAD~1 {f}
git checkout x -- {d}
git restore -s x {d}
git rm {f}
git rm -r {d}
git mv {f} y
git mv {d} y
git mv y {f}
git clean -fdx {d}
git clean -fdx {f}
cd {d} && git clean -fdx
git -C {d} clean -fdx
git -C {d} reset --hard x
git -C {d} stash
git --work-tree={d} checkout x
git --git-dir=x --work-tree {d} checkout -f
GIT_WORK_TREE={d} git checkout x
git worktree add {d} x
git worktree add --force {d} x
git worktree remove {d}
git worktree move {d} y
git worktree move y {d}
git clone x {d}
git archive -o {f} HEAD
git show HEAD:x > {f}
git checkout-index --prefix={d}/ -a
git bundle create {f} HEAD
git diff --output={f}
git submodule add x {d}
git config --file {f} a b
git config -f {f} a b
node -e "require('fs').writeFileSync('{f}','x')"
node -e "fs.linkSync('{f}','e')"
node -e "fs.linkSync('e','{f}')"
node -e "fs.renameSync('e','{f}')"
node -e "fs.renameSync('{d}','y')"
node -e "fs.symlinkSync('e','{f}')"
node -e "fs.symlinkSync('{f}','e'); fs.writeFileSync('e','x')"
node -e "fs.cpSync('e','{d}',{{recursive:true}})"
node -e "fs.copyFileSync('e','{f}')"
node -e "fs.rmSync('{d}',{{recursive:true}})"
node -e "fs.truncateSync('{f}')"
node -e "fs.unlinkSync('{f}')"
node -e "fs.appendFileSync('{f}','x')"
node -e "fs.createWriteStream('{f}')"
node -e "fs.openSync('{f}','w')"
node -e "fs.promises.rename('e','{f}')"
node -e "fs.promises.link('{f}','e')"
node -e "require('fs/promises').cp('e','{d}')"
node -e "fs.chmodSync('{f}',0)"
node -e "fs.rmdirSync('{d}')"
bun -e "fs.writeFileSync('{f}','x')"
bun -e "Bun.write('{f}','x')"
deno eval "Deno.writeTextFileSync('{f}','x')"
deno eval "Deno.linkSync('{f}','e')"
deno eval "Deno.renameSync('e','{f}')"
deno eval "Deno.copyFileSync('e','{f}')"
deno eval "Deno.symlinkSync('e','{f}')"
ruby -e "File.write('{f}','x')"
ruby -e "File.link('{f}','e')"
ruby -e "File.rename('e','{f}')"
ruby -e "File.symlink('e','{f}')"
ruby -e "require 'fileutils'; FileUtils.cp_r('e','{d}')"
ruby -e "require 'fileutils'; FileUtils.rm_rf('{d}')"
ruby -e "require 'fileutils'; FileUtils.ln('{f}','e')"
ruby -e "require 'fileutils'; FileUtils.mv('{d}','e')"
perl -e "rename 'e','{f}'"
perl -e "link '{f}','e'"
perl -e "symlink 'e','{f}'"
perl -e "unlink '{f}'"
perl -e "open(F,'>','{f}')"
perl -e "use File::Copy; copy('e','{f}')"
perl -e "use File::Copy; move('e','{f}')"
perl -e "truncate '{f}',0"
php -r "file_put_contents('{f}','x');"
php -r "rename('e','{f}');"
php -r "link('{f}','e');"
php -r "symlink('e','{f}');"
php -r "copy('e','{f}');"
php -r "unlink('{f}');"
lua -e "os.rename('e','{f}')"
lua -e "os.remove('{f}')"
lua -e "io.open('{f}','w')"
awk 'BEGIN{{print "x" > "{f}"}}'
sed -n 'w {f}' x
ed {f} < x
ex -sc wq {f}
vim -es -c wq {f}
find {d} -delete
find {d} -type f -exec rm {{}} +
find . -exec cp x {f} \;
env - rm {f}
unlink {f}
shred {f}
rmdir {d}
touch {f}
chmod 000 {f}
chown nobody {f}
chattr +i {f}
setfacl -m u:x:- {f}
mount --bind x {d}
mount -t tmpfs none {d}
curl -o {f} https://x.example
wget -O {f} https://x.example
scp h:x {f}
scp -r h:x {d}
sftp h:x {f}
sort -o {f} x
gcc -o {f} x.c
openssl enc -out {f}
gpg -o {f} x
zip {f} x
gzip {f}
tar cf {f} x
tar cf x.tar --remove-files {d}
zip -m x.zip {f}
zip -rm x.zip {d}
rename s/a/b/ {f}
sqlite3 x ".output {f}"
sqlite3 x ".backup {f}"
jq -n 1 > {f}
jq . x | sponge {f}
ffmpeg -i x {f}
script -c ls {f}
exec 3> {f}
: > {f}
printf x >| {f}
cat x &> {f}
flock {f} ls
rclone copy x {d}
rclone sync x {d}
aws s3 cp s3://b/x {f}
aws s3 sync s3://b/x {d}
gsutil cp gs://b/x {f}
kubectl cp p:/x {f}
strace -o {f} ls
nohup ls > {f}
ar x x.a --output {d}
dpkg-deb -x x.deb {d}
dpkg-deb -R x.deb {d}
dpkg -x x.deb {d}
rpm2cpio x.rpm | cpio -idm -D {d}
jar xf x.jar -C {d}
cd {d} && jar xf x.jar
unsquashfs -d {d} x
unsquashfs -f -d {d} x
cabextract -d {d} x.cab
unrar x x.rar {d}/
zstd -d x.zst -o {f}
gunzip -c x.gz > {f}
base64 -d x > {f}
uudecode -o {f} x
xxd -r x {f}
pax -r -s,^,{d}/, < x
cmake -E copy x {f}
cmake -E rename x {f}
cmake -E remove {f}
cmake -E create_symlink x {f}
cmake -E create_hardlink {f} x
cmake -E copy_directory x {d}
cmake -E tar xf x.tar -C {d}
cmake -E rm -rf {d}
ditto x {d}
robocopy x {d}
xcopy x {d}
pwsh -c "Set-Content {f} x"
pwsh -c "Move-Item e {f}"
pwsh -c "Copy-Item -Recurse e {d}"
pwsh -c "Remove-Item -Recurse {d}"
pwsh -c "New-Item -ItemType SymbolicLink -Path {f} -Target e"
pwsh -c "New-Item -ItemType HardLink -Path e -Target {f}"
pwsh -c "Expand-Archive x.zip {d}"
xz {f}
GIT_WORK_TREE={d} git restore .
env GIT_WORK_TREE={d} git checkout x
export GIT_WORK_TREE={d}; git checkout x
git -C {d} am < x
git apply --directory={d} < x
""".strip().splitlines()
"""f  a file of the place; d  its folder; b  the file's name. Braces of other languages are doubled."""

PACKAGES = r"""
pip --python {v} uninstall -y agent-strace-gateway
pip --python {v} uninstall -y x
pip --python {v} install --force-reinstall x
pip --python {v}/bin/python install x
{v}/bin/pip install --force-reinstall x
{v}/bin/pip install x
{v}/bin/pip uninstall -y pyyaml
{v}/bin/python -m pip install x
{v}/bin/python -m pip uninstall -y pyyaml
uv pip uninstall -p {v} pyyaml
uv pip uninstall --python {v} pyyaml
uv pip install -p {v} x
uv pip install --python={v}/bin/python x
uv pip sync -p {v} r.txt
VIRTUAL_ENV={v} uv pip install x
VIRTUAL_ENV={v} uv pip uninstall pyyaml
UV_PROJECT_ENVIRONMENT={v} uv sync
source {v}/bin/activate && pip install x
. {v}/bin/activate && pip uninstall -y pyyaml
conda remove -p {v} pyyaml
conda install -p {v} x
conda install --prefix {v} x
mamba remove -p {v} x
pipx runpip agent-strace-gateway install x
pipx uninstall agent-strace-gateway
pip install --target {v}/lib/python3.11/site-packages x
pip install -t {v}/lib/python3.11/site-packages x
pip install --prefix {v} x
PIP_TARGET={v}/lib/python3.11/site-packages pip install x
PIP_PREFIX={v} pip install x
PIP_PYTHON={v} pip install x
python3 -m pip --python {v} uninstall x
python3 -c "import pip; pip.main(['--python','{v}','uninstall','x'])"
{v}/bin/python -m ensurepip
{v}/bin/easy_install x
cd {v} && bin/pip install x
cd {v}/bin && ./pip install x
pip install agent-strace-gateway==0
python3 -m venv --upgrade {v}
virtualenv --clear {v}
uv venv --clear {v}
UV_PROJECT_ENVIRONMENT={v} uv sync
export VIRTUAL_ENV={v} && uv pip uninstall pyyaml
env PIP_PYTHON={v} pip install x
{v}/bin/pip3.11 install x
""".strip().splitlines()
"""v  the environment that the guard is installed in"""

ORDINARY = r"""
pip install requests
.venv/bin/pip install requests
python -m pip install requests
uv pip install requests
uv pip install -p .venv requests
uv sync
. .venv/bin/activate && pip install requests
conda install numpy
python3 -m tarfile -e x.tar out
python3 -m zipfile -e x.zip out
python3 -m zipfile -l x.zip
python3 -m tarfile -c x.tar src
git apply x.patch
patch -p1 < x.patch
git -C src checkout main
git checkout main
git worktree add ../wt main
git worktree add wt main
git worktree remove wt
git submodule add https://x.example/y lib
ln -s ../a b
ln a b
node -e "fs.linkSync('a','b')"
node -e "fs.openSync('a','r')"
node -e "fs.openSync('.claude/settings.json','r')"
node -e "fs.symlinkSync('a','b')"
node -e "fs.cpSync('a','b')"
mv src src2
tar -C out -xf x.tar
rsync -a --delete src/ out/
unzip x.zip -d out
install -m 755 x bin/x
sed -i s/a/b/ src/a.py
dd if=a of=b
truncate -s 0 log
find build -delete
find build | xargs rm
find . -name '*.pyc' | xargs rm
git ls-files | xargs sed -i s/a/b/
cat .claude/settings.json
cat .agent-scope.json
ls .claude
echo x > .claude/commands/x.md
mkdir -p .claude/skills/x
git -C .claude status
cp -r .claude/skills ../x
black src
ruff format .
prettier --write src/a.js
npx prettier --write .
black .
make -C src
cmake -E copy a b
jar xf x.jar
ditto a b
gzip big.log
GIT_WORK_TREE=src git status
VIRTUAL_ENV=.venv uv pip install requests
pip uninstall -y requests
ln -s src/a.py link && echo x > link
ln -s .claude/settings.json link
cp -l a b
git diff | git apply -R
git apply < x.patch
rclone copy r:x out
sftp h:x out
tar cf x.tar --remove-files build
cp .claude/settings.json /tmp/copy.json
git -C .claude log -p
node -e "fs.chmodSync('a',0o755)"
mkdir -p .claude
""".strip().splitlines()
"""What stays silent."""
