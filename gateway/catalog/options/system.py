"""Options of programs about the machine. See the package for how a specification is written. Pure data.

Checked against the manuals of GNU screen 4.9 and tmux 3.3.
"""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "tmux": "+ -c=shell -f=script:tmux -L=text -S=text -T=text -2 -C -D -l -N -u -v -V",
    "tmux run-shell": "-b -C -c=text -d=text -t=text",
    "tmux run": "-b -C -c=text -d=text -t=text",
    "tmux display-popup": "-B -C -E -b=text -c=text -d=text -e=text -h=text -s=text -S=text -t=text -T=text -w=text -x=text -y=text",
    "tmux popup": "-B -C -E -b=text -c=text -d=text -e=text -h=text -s=text -S=text -t=text -T=text -w=text -x=text -y=text",
    "systemctl": (
        "-H/--host=host -M/--machine=text -p/--property=text -P=text -t/--type=text --state=text -n/--lines=text"
        " -o/--output=text -s/--signal=text --root=text --image=text --image-policy=text --kill-whom=text --kill-who=text"
        " --kill-value=text --job-mode=text --what=text --preset-mode=text --timestamp=text --boot-loader-entry=text"
        " --boot-loader-menu=text --firmware-setup --check-inhibitors=text --message=text --drop-in=text --when=text"
        " --legend=text --reboot-argument=text -a/--all -r/--recursive --reverse --after --before --with-dependencies -l/--full"
        " --value --show-types -T/--show-transaction -i --dry-run -q/--quiet -v/--verbose --no-warn --no-block --wait --user"
        " --system --no-wall --no-reload --no-legend --no-pager --no-ask-password --global --runtime -f/--force --now --plain"
        " --mkdir --marked --read-only --stdin --fail -h/--help --version"
    ),
    "journalctl": (
        "--system --user -M/--machine=text -m/--merge -D/--directory=meta --file=read --root=text --image=text --namespace=text"
        " -S/--since=text -U/--until=text -c/--cursor=text --after-cursor=text --cursor-file=read -b/--boot=?text"
        " -u/--unit=text --user-unit=text -t/--identifier=text -T/--exclude-identifier=text -p/--priority=text --facility=text"
        " -g/--grep=text --case-sensitive=?text -k/--dmesg -o/--output=text --output-fields=text -n/--lines=?number -r/--reverse"
        " --show-cursor --utc -x/--catalog --no-hostname --no-full -a/--all -f/--follow --no-tail -q/--quiet --no-pager"
        " -e/--pager-end --interval=text --verify-key=text --force -h/--help --version -N/--fields -F/--field=text --list-boots"
        " --list-invocations --disk-usage --vacuum-size=text --vacuum-files=text --vacuum-time=text --verify --sync"
        " --relinquish-var --smart-relinquish-var --flush --rotate --header --list-catalog --dump-catalog --update-catalog"
        " --setup-keys"
    ),
    "ip": (
        "+ -f/-family/--family=text -n/-netns/--netns=text -b/-batch/--batch=read -rc/-rcvbuf/--rcvbuf=text"
        " -l/-loops/--loops=text -V -Version -h -human -human-readable -s -stats -statistics -d -details -4 -6 -B -D -M -0 -o"
        " -oneline -r -resolve -c -color -t -timestamp -ts -tshort -a -all -br -brief -j -json -p -pretty -echo --brief --json"
    ),
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "open xdg-open gio start explorer": "-a=text -b=text --args=text",
    "screen": (
        "-S=text -c=script:screen -h=text -Logfile=write -p=text -s=program -t=text -T=text -e=text -d -D=?text -r=?text -R=?text -x=?text"
    ),
    "dpkg dpkg-deb": "--root=text --admindir=text --instdir=text --pre-invoke=shell --post-invoke=shell --status-logger=shell --log=write",
    "kill pkill killall pgrep pidof": "-s=text -n=text -u=text -U=text -P=text -t=text -g=text -G=text --signal=text -F=read --pidfile=read",
    "date": "-d=text --date=text -f=read --file=read -s=text --set=text -r=meta --reference=meta -I=?text",
    "lsof fuser": "-p=text -u=text -i=?text -c=text -d=text -a=text -s=?text",
    "mount": "-t=text -o=text -L=text -U=text --types=text --options=text --source=meta --target=over",
    "umount": "-t=text -O=text",
    "findmnt": "-t=text -o=text -S=text -T=text",
    "systemctl service launchctl journalctl sc": (
        "-u=text -n=text --unit=text --since=text --until=text -p=text -o=text -H=host --host=host -t=text -M=text --root=text -D=meta"
    ),
    "dmesg sysctl": "-p=read --load=read -n=text -F=read -w=text",
    "modprobe insmod rmmod kextload": "-C=read -d=text",
    "iptables ip6tables nft ufw firewall-cmd pfctl": "-f=read -A=text -D=text -I=text -s=text -d=text -p=text -j=text -t=text -m=text",
    "fdisk sfdisk parted gdisk sgdisk cfdisk": "-l=text -o=text -b=text",
    "mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mke2fs mkswap newfs wipefs blkdiscard": "-t=text -L=text -b=text -o=text -U=text -F=text -O=text",
    "fsck e2fsck tune2fs swapon swapoff cryptsetup lvremove vgremove pvremove mdadm hdparm": "-t=text",
    "useradd usermod userdel adduser deluser groupadd groupdel groupmod passwd chpasswd visudo vipw gpasswd chage dscl": "-s=text -g=text -G=text -d=text -u=text -p=text -c=text -k=text -f=write",
    "which whereis type locale localectl timedatectl hostnamectl stty getent": "-f=read -n=text -t=text -p=text -m=text",
    "update-alternatives logger write say notify-send ldconfig ldd nm objdump readelf": "-f=read -n=text -t=text -p=text -m=text",
    "size": "-f=read -n=text -t=text -p=text -m=text",
    "wall": "-g=text -t=text",
    "strip objcopy ranlib": "-o=write",
    "pbcopy xclip xsel wl-copy clip clip.exe": "-selection=text -sel=text -t=text -o=text -i=text",
    "defaults plutil": "-o=write",
    "rpm": "-f=text -q=text --root=text --pipe=shell --eval=text -E=text",
    "tmux": (
        "-c=text -f=text -L=text -S=text -t=text -s=text -n=text -x=text -y=text -F=text -e=text -p=text -l=text -b=text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
