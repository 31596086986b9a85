"""Programs that look at or change the machine: processes, services, devices, accounts, clipboards. Rows."""

from __future__ import annotations

from gateway.shell.programs.rows import readers, table

ROWS = table(
    """
kill pkill killall pgrep pidof ; text* ;  ;
ps top htop btop free uptime uname whoami id groups who w last lastlog cal hostname iostat vmstat ; text* ;  ;
mpstat sar nproc lscpu lspci lsusb lsblk blkid lsmod sw_vers arch getconf tty clear reset tput dirs ; text* ;  ;
sleep false true ; text* ;  ;
date ; text* ;  ;
lsof fuser ; meta* ;  ;
mount ; meta* over ;  ;
umount ; meta* ;  ;
findmnt ; text* ;  ;
systemctl service launchctl journalctl sc ; text* ;  ; data
dmesg sysctl ; text* ;  ; data
modprobe insmod rmmod kextload ; text* ;  ;
netstat ss route arp ; text* ;  ;
ifconfig iwconfig networksetup scutil ; text* ;  ;
iptables ip6tables nft ufw firewall-cmd pfctl ; text* ; data ;
fdisk sfdisk parted gdisk sgdisk cfdisk ; meta* ; data ;
mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mke2fs mkswap newfs wipefs blkdiscard ; write* ;  ;
fsck e2fsck tune2fs swapon swapoff cryptsetup lvremove vgremove pvremove mdadm hdparm ; write* ;  ;
diskutil hdiutil tmutil ; text* ;  ;
shutdown reboot halt poweroff init telinit ; text* ;  ;
useradd usermod userdel adduser deluser groupadd groupdel groupmod passwd chpasswd visudo vipw gpasswd chage dscl ; text* ; data ;
which whereis type locale localectl timedatectl hostnamectl stty getent update-alternatives logger write say notify-send ldconfig ldd nm objdump readelf size ; text* ; data ;
wall ; maybe* ; data ;
strip objcopy ranlib ; write* ;  ;
pbcopy xclip xsel wl-copy clip clip.exe ; text* ; stored ;
pbpaste wl-paste ; text* ;  ; unknown
defaults plutil ; text* ; data ; data
tccutil spctl csrutil nvram ; text* ;  ;
rpm ; text* ;  ; data
expr factor dc-calc ; text* ;  ;
""",
    {
        **readers(
            "terminals",
            {
                "printenv": "read_printenv",
                "ip": "read_ip",
                "open xdg-open gio start explorer": "read_open",
                "screen": "read_screen",
                "xterm uxterm x-terminal-emulator urxvt rxvt st konsole gnome-terminal xfce4-terminal terminator alacritty kitty foot": "read_window",
                "tmux": "read_tmux",
                "dpkg dpkg-deb": "read_dpkg",
            },
        ),
    },
)
"""The table of this family."""
