"""Which family file knows which program. Pure data; a test holds it to the files."""

from __future__ import annotations

FAMILIES = {
    "own": "agent-strace",
    "text": (
        "cat tac nl bat batcat colordiff delta pygmentize expand unexpand fold fmt pr numfmt head tail od hexdump hd strings sort uniq cut"
        " paste join column comm cmp diff sdiff diff3 vimdiff wc shuf zgrep zegrep zfgrep xmllint xsltproc iconv dos2unix unix2dos look"
        " csplit split tsort ts md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum shasum md5 b3sum uuencode yes seq tee"
        " sponge zcat bzcat xzcat zstdcat gzcat lzcat lz4cat zless zmore info cloc tokei scc pv patch ed ex emacs nano pico micro joe mcedit"
        " helix hx kak gedit kate code subl mate zed envsubst echo printf test [ jq yq gojq jaq dasel base64 base32 basenc uudecode xxd tr"
        " rev grep egrep fgrep rg ag ack sed gsed awk gawk mawk nawk less more most man vi vim nvim view rvim gvim"
    ),
    "files": (
        "rmdir unlink mkdir touch chmod chown chgrp chattr chflags setfacl getfacl stat lstat file readlink realpath basename dirname ls"
        " dir vdir exa eza lsd tree du df truncate shred srm wipe locate mlocate plocate ar mkfifo mknod sync fallocate trash trash-put"
        " rmtrash mmv rename prename zipinfo cp gcp mv gmv rm grm ln link install mktemp dd find gfind fd fdfind tar bsdtar gtar zip unzip"
        " 7z 7za 7zr 7zz rar unrar cpio gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd lz4 compress uncompress pigz"
        " unar cabextract unsquashfs jar pax ditto"
    ),
    "wrappers": (
        "nice ionice nohup timeout gtimeout stdbuf setsid chrt taskset time strace ltrace xvfb-run caffeinate arch setarch linux64 unshare"
        " sudo doas gosu su-exec pkexec systemd-run ssh-agent dbus-run-session catchsegv fakeroot faketime unbuffer rlwrap chpst setpriv"
        " prlimit torsocks torify proxychains proxychains4 dotenv chronic eatmydata cgexec firejail bwrap nsenter proot chroot valgrind perf"
        " entr sem start-stop-daemon hyperfine env genv su runuser flock watch viddy xargs gxargs parallel script busybox toybox at batch"
        " crontab gdb lldb expect direnv"
    ),
    "interpreters": (
        "bc dc ghci erl iex jshell racket guile wish javac kotlinc scalac rustfmt gofmt sh bash dash zsh ksh mksh fish ash rbash csh tcsh"
        " python python2 python3 pypy ipython node nodejs tsx ts-node deno bun perl ruby irb php lua luajit tclsh osascript r rscript julia"
        " java kotlin groovy scala elixir jrunscript pwsh powershell make gmake bmake cmake ctest ninja rake gradle gradlew mvn mvnw ant sbt bazel"
        " buck meson scons just task"
    ),
    "network": (
        "ftp lftp tftp telnet dig drill host nslookup ping ping6 traceroute tracepath mtr nmap masscan lynx w3m links elinks rclone doctl"
        " heroku vercel netlify fly flyctl wrangler railway supabase firebase terraform tofu terragrunt pulumi cdk cdktf ansible"
        " ansible-playbook mail mailx sendmail mutt msmtp swaks whois finger youtube-dl yt-dlp gallery-dl ngrok cloudflared localtunnel"
        " redis-cli mongosh mongo dropdb createdb ssh-keygen ssh-copy-id ssh-add ssh-keyscan age rage sops vault op pass bw gopass chezmoi"
        " security keytool magick convert mogrify identify ffmpeg ffprobe pandoc curl wget wget2 http https xh httpie curlie aria2c axel nc"
        " ncat netcat socat ssh slogin autossh mosh sshpass scp sftp rsync openssl libressl gpg gpg2 aws gsutil gcloud az s3cmd mc kubectl"
        " oc k3s microk8s helm psql mysql mariadb pg_dump pg_dumpall mysqldump pg_restore mongodump mongorestore sqlite3 sqlite duckdb"
    ),
    "development": (
        "gh hub glab svn hg go-task gem composer nuget twine rustup volta nvm fnm pyenv rbenv asdf mise rustc gcc g++ cc clang clang++ c++"
        " ld as gfortran tsc esbuild vite webpack rollup swc babel parcel turbo nx next astro eslint prettier stylelint biome jest vitest"
        " mocha ava cypress playwright karma pytest py.test tox nox ruff mypy black isort flake8 pylint bandit pyright coverage pyflakes"
        " vulture radon rspec phpunit rubocop phpstan dotnet msbuild pre-commit act lefthook husky claude codex gemini cursor-agent copilot"
        " opencode aider droid amp goose snap flatpak pkgutil winget choco scoop port mas code-server jupyter jupyter-lab"
        " streamlit uvicorn gunicorn flask django-admin celery alembic git npm pnpm yarn cnpm npx bunx pnpx pip pipenv-pip uv uvx poetry pdm"
        " pipenv hatch pipx bundle bundler rye pixi conda mamba micromamba nix nix-shell cargo go apt apt-get apt-cache aptitude dnf yum"
        " pacman apk brew zypper docker podman nerdctl docker-compose podman-compose"
    ),
    "system": (
        "kill pkill killall pgrep pidof ps top htop btop free uptime uname whoami id groups who w last lastlog cal hostname iostat vmstat"
        " mpstat sar nproc lscpu lspci lsusb lsblk blkid lsmod sw_vers getconf tty clear reset tput dirs sleep false true date lsof fuser"
        " mount umount findmnt systemctl service launchctl journalctl sc dmesg sysctl modprobe insmod rmmod kextload netstat ss route arp"
        " ifconfig iwconfig networksetup scutil iptables ip6tables nft ufw firewall-cmd pfctl fdisk sfdisk parted gdisk sgdisk cfdisk mkfs"
        " mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mke2fs mkswap newfs wipefs blkdiscard fsck e2fsck"
        " tune2fs swapon swapoff cryptsetup lvremove vgremove pvremove mdadm hdparm diskutil hdiutil tmutil shutdown reboot halt poweroff"
        " init telinit useradd usermod userdel adduser deluser groupadd groupdel groupmod passwd chpasswd visudo vipw gpasswd chage dscl"
        " which whereis type locale localectl timedatectl hostnamectl stty getent update-alternatives logger wall write say notify-send"
        " ldconfig ldd nm objdump readelf size strip objcopy ranlib pbcopy xclip xsel wl-copy clip clip.exe pbpaste wl-paste defaults plutil"
        " tccutil spctl csrutil nvram rpm expr factor dc-calc printenv ip open xdg-open gio start explorer screen tmux dpkg dpkg-deb"
        " xterm uxterm x-terminal-emulator urxvt rxvt st konsole gnome-terminal xfce4-terminal terminator alacritty kitty foot"
    ),
    "windows": (
        "write-output write-host write-error where-object foreach-object sort-object select-object measure-object format-table format-list"
        " convertto-json convertfrom-json get-date get-process get-service get-command get-location get-variable set-variable join-path"
        " split-path out-null out-string get-member start-sleep get-help get-alias import-module stop-process stop-service restart-service"
        " stop-computer restart-computer set-executionpolicy set-mppreference add-mppreference new-service set-service clear-recyclebin"
        " format-volume clear-disk remove-partition initialize-disk clear-eventlog clear-history remove-variable remove-itemproperty"
        " register-scheduledtask new-localuser add-localgroupmember disable-computerrestore invoke-command enter-pssession new-pssession reg"
        " regedit schtasks wmic net netsh bcdedit taskkill tasklist icacls takeown attrib vssadmin wevtutil format diskpart get-content"
        " select-string import-csv get-filehash get-childitem get-item test-path set-content add-content clear-content out-file tee-object"
        " export-csv set-acl new-item invoke-item set-itemproperty expand-archive compress-archive remove-item copy-item move-item"
        " rename-item invoke-webrequest invoke-restmethod start-bitstransfer start-process del erase rd deltree copy xcopy robocopy move ren"
        " cmd certutil bitsadmin mshta regsvr32 rundll32"
    ),
}
"""Family -> the programs its file has a row for."""

FAMILY = {name: family for family, names in FAMILIES.items() for name in names.split()}
"""Program -> its family."""
