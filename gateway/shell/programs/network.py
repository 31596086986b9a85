"""Programs that talk to other machines: transfers, remote shells, clouds, databases, keys. Rows and readers."""

from __future__ import annotations

from gateway.shell.programs.clouds import read_aws, read_cloud, read_helm, read_kubectl
from gateway.shell.programs.databases import read_client, read_dump, read_sqlite
from gateway.shell.programs.remote import read_dig, read_netcat, read_rsync, read_scp, read_sftp, read_socat, read_ssh
from gateway.shell.programs.rows import table
from gateway.shell.programs.secrets import read_gpg, read_keygen, read_openssl
from gateway.shell.programs.transfers import read_aria, read_curl, read_httpie, read_wget

ROWS = table(
    """
ftp lftp tftp ; -e=shell -c=text -u=text -p=text -f=read -s=read ; host text* ; sent ; network
telnet ; -l=text -n=write -b=text -e=text ; host text ; sent ; network
host nslookup ; -t=text -c=text -W=text -R=text -type=text ; host text ; sent ; network
ping ping6 traceroute tracepath mtr ; -c=text -i=text -W=text -w=text -s=text -t=text -I=text -p=text -M=text -m=text -q=text -n=text ; host* ; ;
nmap masscan ; -p=text -oN=write -oX=write -oG=write -oA=write -iL=read --script=program -T=text -e=text -S=text ; host* ; ;
lynx w3m links elinks ; -cfg=read -o=text -cookie_file=read -post_data=text ; site* ; data ; network
rclone ; --config=read --log-file=write --include-from=read --exclude-from=read --filter-from=read --password-command=shell ; text tree* ; data ; network
doctl heroku vercel netlify fly flyctl wrangler railway supabase firebase ; -c=text -t=text --token=text --config=read --local-config=read --file=read --input=read --env-file=read --spec=read ; maybe* ; sent ; network
terraform tofu terragrunt pulumi cdk cdktf ; -chdir=text -var-file=read -state=read -out=write -f=read --cwd=text -C=text ; text* ; data ; network
ansible ansible-playbook ; -i=read -e=text -u=text --private-key=meta --vault-password-file=read --extra-vars=text -m=text -a=shell ; text* ; data ; network
mail mailx sendmail mutt msmtp ; -s=text -a=read -A=read -f=text -c=text -b=text -i=read -r=text -F=read -H=read --attach=read ; host* ; sent ;
swaks ; --attach=read --to=text --from=text --server=host --body=read -s=host ; text* ; sent ;
whois finger ; -h=host -p=text ; text* ; sent ; network
youtube-dl yt-dlp gallery-dl ; --exec=shell -o=create -P=create --cookies=read --config-location=read --batch-file=read -a=read -f=text --downloader=program ; site* ; ; network
ngrok cloudflared localtunnel ; --config=read --url=text ; text* ; ;
redis-cli mongosh mongo ; -h=host -p=text -a=text -u=url -n=text --eval=text --file=read --host=host --port=text --tls=text --cacert=meta --cert=meta --key=meta --rdb=write ; url* ; sent ; network
dropdb createdb ; -h=host --host=host -U=text -p=text ; text* ; ;
ssh-copy-id ; -i=meta -p=text -o=text -F=read ; host ; ;
ssh-keyscan ; -t=text -p=text -T=text -f=read ; host* ; ;
ssh-add ; -t=text -D=text -s=text -e=text -T=text -p=text -f=read ; meta* ; ;
age rage ; -r=text -R=read -i=meta -o=write --recipient=text --recipients-file=read --identity=meta --output=write ; read ; data ; data
sops ; --config=read --output=write -p=text -k=text --age=text --extract=text --input-type=text --output-type=text ; read* ; data ; data
vault op pass bw gopass chezmoi ; -field=text -address=url -ca-cert=meta --vault=text --account=text ; text* ; data ; data
security ; -k=text -s=text -a=text -w=text -P=text -t=text -f=text ; text* ; ; data
keytool ; -keystore=read -file=write -storepass=text -alias=text -destkeystore=write -srckeystore=read ; text* ; data ;
magick convert mogrify ; -size=text -density=text -crop=text -rotate=text -gravity=text -background=text -fill=text -font=text -pointsize=text -annotate=text -geometry=text -extent=text -strokewidth=text -delay=text -depth=text -colorspace=text -format=text -i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program ; picture* write ; data ; data
identify ; -i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program ; picture* ; data ; data
ffmpeg ; -i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program ; read* write ; data ; data
ffprobe pandoc ; -i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program ; read* ; data ; data
""",
    {
        "curl": read_curl,
        "wget wget2": read_wget,
        "http https xh httpie curlie": read_httpie,
        "aria2c axel": read_aria,
        "nc ncat netcat": read_netcat,
        "socat": read_socat,
        "dig drill": read_dig,
        "ssh slogin autossh mosh sshpass": read_ssh,
        "ssh-keygen": read_keygen,
        "scp": read_scp,
        "sftp": read_sftp,
        "rsync": read_rsync,
        "openssl libressl": read_openssl,
        "gpg gpg2": read_gpg,
        "aws": read_aws,
        "gsutil gcloud az s3cmd mc": read_cloud,
        "kubectl oc k3s microk8s": read_kubectl,
        "helm": read_helm,
        "psql mysql mariadb": read_client,
        "pg_dump pg_dumpall mysqldump pg_restore mongodump mongorestore": read_dump,
        "sqlite3 sqlite duckdb": read_sqlite,
    },
)
"""The table of this family."""
