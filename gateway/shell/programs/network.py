"""Programs that talk to other machines: transfers, remote shells, clouds, databases, keys. Rows and readers."""

from __future__ import annotations

from gateway.shell.programs.rows import readers, table

ROWS = table(
    """
ftp lftp tftp ; host text* ; sent ; network
telnet ; host text ; sent ; network
host nslookup ; host text ; sent ; network
ping ping6 traceroute tracepath mtr ; host* ;  ;
nmap masscan ; host* ;  ;
lynx w3m links elinks ; site* ; data ; network
doctl heroku vercel netlify fly flyctl wrangler railway supabase firebase ; maybe* ; sent ; network
terraform tofu terragrunt pulumi cdk cdktf ; text* ; data ; network
ansible ansible-playbook ; text* ; data ; network
mail mailx sendmail mutt msmtp ; host* ; sent ;
swaks ; text* ; sent ;
whois finger ; text* ; sent ; network
youtube-dl yt-dlp gallery-dl ; site* ;  ; network
ngrok cloudflared localtunnel ; text* ;  ;
redis-cli mongosh mongo ; url* ; sent ; network
dropdb createdb ; text* ;  ;
ssh-copy-id ; host ;  ;
ssh-keyscan ; host* ;  ;
ssh-add ; meta* ;  ;
age rage ; read ; data ; data
sops ; read* ; data ; data
vault op pass bw gopass chezmoi ; text* ; data ; data
security ; text* ;  ; data
keytool ; text* ; data ;
magick convert mogrify ; picture* write ; data ; data
identify ; picture* ; data ; data
ffmpeg ; read* write ; data ; data
ffprobe pandoc ; read* ; data ; data
""",
    {
        **readers(
            "clouds",
            {
                "aws": "read_aws",
                "gsutil gcloud az s3cmd mc": "read_cloud",
                "kubectl oc k3s microk8s": "read_kubectl",
                "helm": "read_helm",
            },
        ),
        **readers(
            "databases",
            {
                "psql mysql mariadb": "read_client",
                "pg_dump pg_dumpall mysqldump pg_restore mongodump mongorestore": "read_dump",
                "sqlite3 sqlite duckdb": "read_sqlite",
            },
        ),
        **readers("placing", {"rclone": "read_rclone"}),
        **readers(
            "remote",
            {
                "nc ncat netcat": "read_netcat",
                "socat": "read_socat",
                "dig drill": "read_dig",
                "ssh slogin autossh mosh sshpass": "read_ssh",
                "scp": "read_scp",
                "sftp": "read_sftp",
                "rsync": "read_rsync",
            },
        ),
        **readers("secrets", {"ssh-keygen": "read_keygen", "openssl libressl": "read_openssl", "gpg gpg2": "read_gpg"}),
        **readers(
            "transfers",
            {
                "curl": "read_curl",
                "wget wget2": "read_wget",
                "http https xh httpie curlie": "read_httpie",
                "aria2c axel": "read_aria",
            },
        ),
    },
)
"""The table of this family."""
