"""Which family file knows which program. Pure data; a test holds it to the files."""

from __future__ import annotations

FAMILIES = {
    "text": (
        "cat head tail tac nl od hexdump xxd strings sort uniq cut paste join comm diff cmp wc tr fold fmt expand unexpand column rev shuf pr"
        " sed awk gawk mawk nawk grep egrep fgrep zgrep rg ag ack jq yq xmllint xsltproc iconv dos2unix unix2dos look csplit split tsort numfmt"
        " md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum shasum base64 base32 basenc uuencode uudecode echo printf yes seq"
        " tee sponge bat batcat less more most zless zmore zcat bzcat xzcat zstdcat gzcat man info pygmentize cloc tokei pv colordiff delta patch"
        " vi vim nvim view ex ed emacs nano pico micro joe code subl gedit envsubst test [ true false"
    ),
    "files": (
        "cp mv rm rmdir mkdir ln unlink touch install chmod chown chgrp chattr setfacl getfacl stat file readlink realpath basename dirname ls dir vdir"
        " tree exa eza lsd du df mktemp truncate shred dd find fd fdfind locate mlocate tar bsdtar gtar cpio ar zip unzip zipinfo 7z 7za 7zr rar unrar"
        " gzip gunzip bzip2 bunzip2 xz unxz lzma zstd unzstd lz4 compress uncompress pigz split rename mmv mkfifo mknod sync fallocate chroot trash"
        " trash-put srm wipe"
    ),
    "wrappers": (
        "env nice ionice nohup timeout gtimeout stdbuf setsid chrt taskset time strace ltrace xvfb-run caffeinate arch firejail bwrap unshare nsenter"
        " sudo doas su runuser gosu pkexec flock watch xargs parallel entr script systemd-run at batch busybox toybox ssh-agent dbus-run-session"
        " catchsegv proot fakeroot faketime unbuffer expect rlwrap sem chpst setpriv prlimit torsocks torify proxychains proxychains4 start-stop-daemon"
        " crontab direnv dotenv chronic ts gdb lldb valgrind perf hyperfine"
    ),
    "interpreters": (
        "sh bash dash zsh ksh mksh fish ash rbash csh tcsh python pypy node nodejs deno bun tsx ts-node perl ruby irb php lua luajit tclsh wish"
        " osascript r rscript julia java groovy scala kotlin elixir erl ghci racket guile pwsh powershell cmd ipython jshell bc dc make gmake cmake"
        " ninja just task rake gradle gradlew mvn mvnw ant sbt"
    ),
    "network": (
        "curl wget http https xh aria2c ftp lftp tftp nc ncat netcat socat telnet ssh scp sftp rsync rclone dig host nslookup drill ping ping6 traceroute"
        " mtr nmap lynx w3m links elinks openssl gpg gpg2 aws gsutil gcloud az doctl heroku vercel netlify fly flyctl wrangler kubectl oc helm terraform"
        " tofu pulumi ansible ansible-playbook mail mailx sendmail mutt swaks whois youtube-dl yt-dlp ngrok cloudflared psql mysql mariadb sqlite3"
        " redis-cli mongosh mongo pg_dump mysqldump dropdb createdb ssh-keygen ssh-copy-id ssh-add age sops vault op pass security keytool magick convert"
    ),
    "development": (
        "git gh hub glab svn hg npm pnpm yarn npx bunx pip pip3 pipx uv uvx poetry pdm pipenv hatch tox nox conda mamba cargo rustup rustc go gem bundle"
        " bundler composer brew apt apt-get apt-cache dnf yum pacman apk snap flatpak nix nix-shell docker podman nerdctl buildah docker-compose"
        " gcc g++ cc clang clang++ tsc esbuild vite webpack eslint prettier jest vitest mocha pytest py.test ruff mypy black isort flake8 pylint coverage"
        " twine rspec phpunit dotnet msbuild nuget claude codex gemini cursor-agent copilot opencode aider agent-strace pre-commit act"
    ),
    "system": (
        "kill pkill killall pgrep ps top htop free uptime uname whoami id groups who w last date cal hostname lsof lsblk blkid mount umount findmnt"
        " systemctl service journalctl launchctl dmesg sysctl modprobe insmod rmmod lsmod ip ifconfig netstat ss iptables ufw route arp fdisk sfdisk"
        " parted mkfs mke2fs wipefs fsck swapon swapoff shutdown reboot halt poweroff init useradd usermod userdel groupadd passwd chpasswd visudo"
        " which whereis type locale tty stty clear reset tput sleep printenv nproc arch lscpu lspci lsusb getent getconf open xdg-open pbcopy pbpaste"
        " xclip xsel wl-copy wl-paste defaults logger wall screen tmux expr factor dirs iostat vmstat dpkg rpm ldconfig update-alternatives tccutil"
        " say notify-send diskutil hdiutil pkgutil sw_vers"
    ),
}
"""Family -> the programs its file has a row for."""

FAMILY = {name: family for family, names in FAMILIES.items() for name in names.split()}
