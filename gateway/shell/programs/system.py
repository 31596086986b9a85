"""Programs that look at or change the machine: processes, services, devices, accounts, clipboards. Rows."""

from __future__ import annotations

from gateway.shell.programs.rows import table
from gateway.shell.programs.terminals import read_dpkg, read_ip, read_open, read_printenv, read_screen, read_tmux, read_window

ROWS = table(
    """
kill pkill killall pgrep pidof ; -s=text -n=text -u=text -U=text -P=text -t=text -g=text -G=text --signal=text -F=read --pidfile=read ; text* ; ;
ps top htop btop free uptime uname whoami id groups who w last lastlog cal hostname iostat vmstat mpstat sar nproc lscpu lspci lsusb lsblk blkid lsmod sw_vers arch getconf tty clear reset tput dirs sleep false true ; ; text* ; ;
date ; -d=text --date=text -f=read --file=read -s=text --set=text -r=meta --reference=meta -I=?text ; text* ; ;
lsof fuser ; -p=text -u=text -i=?text -c=text -d=text -a=text -s=?text ; meta* ; ;
mount ; -t=text -o=text -L=text -U=text --types=text --options=text --source=meta --target=over ; meta* over ; ;
umount ; -t=text -O=text ; meta* ; ;
findmnt ; -t=text -o=text -S=text -T=text ; text* ; ;
systemctl service launchctl journalctl sc ; -u=text -n=text --unit=text --since=text --until=text -p=text -o=text -H=host --host=host -t=text -M=text --root=text -D=meta ; text* ; ; data
dmesg sysctl ; -p=read --load=read -n=text -F=read -w=text ; text* ; ; data
modprobe insmod rmmod kextload ; -C=read -d=text ; text* ; ;
netstat ss route arp ; ; text* ; ;
ifconfig iwconfig networksetup scutil ; ; text* ; ;
iptables ip6tables nft ufw firewall-cmd pfctl ; -f=read -A=text -D=text -I=text -s=text -d=text -p=text -j=text -t=text -m=text ; text* ; data ;
fdisk sfdisk parted gdisk sgdisk cfdisk ; -l=text -o=text -b=text ; meta* ; data ;
mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mke2fs mkswap newfs wipefs blkdiscard ; -t=text -L=text -b=text -o=text -U=text -F=text -O=text ; write* ; ;
fsck e2fsck tune2fs swapon swapoff cryptsetup lvremove vgremove pvremove mdadm hdparm ; -t=text ; write* ; ;
diskutil hdiutil tmutil ; ; text* ; ;
shutdown reboot halt poweroff init telinit ; ; text* ; ;
useradd usermod userdel adduser deluser groupadd groupdel groupmod passwd chpasswd visudo vipw gpasswd chage dscl ; -s=text -g=text -G=text -d=text -u=text -p=text -c=text -k=text -f=write ; text* ; data ;
which whereis type locale localectl timedatectl hostnamectl stty getent update-alternatives logger write say notify-send ldconfig ldd nm objdump readelf size ; -f=read -n=text -t=text -p=text -m=text ; text* ; data ;
wall ; -g=text -t=text ; maybe* ; data ;
strip objcopy ranlib ; -o=write ; write* ; ;
pbcopy xclip xsel wl-copy clip clip.exe ; -selection=text -sel=text -t=text -o=text -i=text ; text* ; stored ;
pbpaste wl-paste ; ; text* ; ; unknown
defaults plutil ; -o=write ; text* ; data ; data
tccutil spctl csrutil nvram ; ; text* ; ;
rpm ; -f=text -q=text --root=text --pipe=shell --eval=text -E=text ; text* ; ; data
expr factor dc-calc ; ; text* ; ;
""",
    {
        "printenv": read_printenv,
        "ip": read_ip,
        "open xdg-open gio start explorer": read_open,
        "screen": read_screen,
        "xterm uxterm x-terminal-emulator urxvt rxvt st konsole gnome-terminal xfce4-terminal terminator alacritty kitty foot": read_window,
        "tmux": read_tmux,
        "dpkg dpkg-deb": read_dpkg,
    },
)
"""The table of this family."""
