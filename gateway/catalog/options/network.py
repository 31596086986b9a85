"""Options of programs that talk to other machines. See the package for how a specification is written. Pure data.

Checked against the manuals of curl 7.88, GNU Wget 1.21, OpenSSH 9.2 (ssh, scp, sftp), rsync 3.2, PostgreSQL 15 (psql,
pg_dump), aria2 1.36, BIND 9.18 (dig) and SQLite 3.40.
"""

from __future__ import annotations

OPTIONS: dict[str, str] = {
    "kubectl": (
        "-n/--namespace=text --context=text --cluster=text --user=text --kubeconfig=meta -s/--server=host --token=text"
        " --as=text --as-group=text --as-uid=text --request-timeout=text -v/--v=text --vmodule=text --cache-dir=text"
        " --certificate-authority=meta --client-certificate=meta --client-key=meta --tls-server-name=text --username=text"
        " --password=text --profile=text --profile-output=write --kuberc=read --log-backtrace-at=text --log-dir=text"
        " --log-file=write --log-file-max-size=text --log-flush-frequency=text --stderrthreshold=text"
        " --insecure-skip-tls-verify --match-server-version --disable-compression --warnings-as-errors --add-dir-header"
        " --alsologtostderr --logtostderr --one-output --skip-headers --skip-log-headers -h/--help"
    ),
    "kubectl delete": (
        "-A/--all-namespaces --all --force --now --wait --ignore-not-found -R/--recursive -i/--interactive --dry-run=?text"
        " --grace-period=text --timeout=text --cascade=?text -f/--filename=text -k/--kustomize=tree -l/--selector=text"
        " --field-selector=text -o/--output=text --raw=text"
    ),
    "kubectl get": (
        "-A/--all-namespaces -w/--watch --watch-only --no-headers --show-labels --show-kind --ignore-not-found --server-print"
        " -R/--recursive --allow-missing-template-keys --show-managed-fields --output-watch-events -o/--output=text"
        " -l/--selector=text -L/--label-columns=text --field-selector=text --sort-by=text --template=text --chunk-size=text"
        " --subresource=text --raw=text -f/--filename=text -k/--kustomize=tree"
    ),
    "kubectl logs": (
        "-f/--follow -p/--previous --timestamps --prefix --all-containers --all-pods --ignore-errors"
        " --insecure-skip-tls-verify-backend -c/--container=text --since=text --since-time=text --tail=text --limit-bytes=text"
        " --max-log-requests=text --pod-running-timeout=text -l/--selector=text"
    ),
    "helm": (
        "-n/--namespace=text --kube-context=text --kubeconfig=meta --kube-apiserver=host --kube-as-group=text"
        " --kube-as-user=text --kube-ca-file=meta --kube-tls-server-name=text --kube-token=text --burst-limit=text --qps=text"
        " --registry-config=read --repository-cache=text --repository-config=read --content-cache=text --color=text --debug"
        " --kube-insecure-skip-tls-verify -h/--help"
    ),
    "helm uninstall": "--wait=?text --keep-history --no-hooks --ignore-not-found --dry-run --cascade=text --description=text --timeout=text",
    "aws": (
        "--profile=text --region=text --output=text --endpoint-url=url --query=text --color=text --ca-bundle=meta"
        " --cli-read-timeout=text --cli-connect-timeout=text --cli-binary-format=text --cli-error-format=text --debug"
        " --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --cli-auto-prompt --no-cli-auto-prompt --version"
    ),
    "gcloud": (
        "--project=text --account=text --configuration=text --format=text --billing-project=text --flags-file=read"
        " --flatten=text --impersonate-service-account=text --trace-token=text --verbosity=text --access-token-file=read"
        " -q/--quiet --log-http --no-log-http --user-output-enabled --no-user-output-enabled -v/--version -h --help"
    ),
    "az": "--subscription=text -o/--output=text --query=text --debug --only-show-errors --verbose -h/--help --version -v",
    "gsutil": "+ -o=text -h=text -i=text -u=text -D -DD -m -q",
    "terraform": "-chdir=text -help -version",
    "terragrunt": (
        "--working-dir=text --terragrunt-working-dir=text --config=read --terragrunt-config=read --log-level=text"
        " --non-interactive --terragrunt-non-interactive --no-color -help -version"
    ),
    "pulumi": (
        "--color=text -C/--cwd=text --logtostderr --tracing=text -v/--verbose=text --profiling=text --emoji"
        " --disable-integrity-checking --fully-qualify-stack-names --logflow --memprofilerate=text --non-interactive --help -h"
    ),
    "ssh": (
        "+ -B=text -b=text -c=text -D=text -E=write -e=text -F=read -I=text -i=meta -J=host -L=text -l=text -m=text -O=text"
        " -o=text -P=text -p=text -Q=text -R=text -S=text -W=text -w=text -4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V"
        " -v -X -x -Y -y"
    ),
    "psql": (
        "-c/--command=code:psql -d/--dbname=text -f/--file=read -v/--set/--variable=text -L/--log-file=write -o/--output=write"
        " -F/--field-separator=text -P/--pset=text -R/--record-separator=text -T/--table-attr=text -h/--host=text"
        " -p/--port=text -U/--username=text -l/--list -V/--version -X/--no-psqlrc -1/--single-transaction -?/--help"
        " -a/--echo-all -b/--echo-errors -e/--echo-queries -E/--echo-hidden -n/--no-readline -q/--quiet -s/--single-step"
        " -S/--single-line -A/--no-align --csv -H/--html -t/--tuples-only -x/--expanded -z/--field-separator-zero"
        " -0/--record-separator-zero -w/--no-password -W/--password"
    ),
    "curl": (
        "-o/--output=write -O/--remote-name -L/--location -s/--silent -k/--insecure -d/--data=at -T/--upload-file=read"
        " -X/--request=text --abstract-unix-socket=text --cert-type=text --crlfile=meta --curves=text --delegation=text"
        " --dns-interface=text --dns-ipv4-addr=text --dns-ipv6-addr=text --egd-file=meta --random-file=meta --pinnedpubkey=text --expect100-timeout=text --ftp-account=text"
        " --ftp-alternative-to-user=text --ftp-method=text --ftp-port=text --ftp-ssl-ccc-mode=text"
        " --happy-eyeballs-timeout-ms=text --hostpubmd5=text --hostpubsha256=text --keepalive-time=text --key-type=text"
        " --krb=text --local-port=text --login-options=text --mail-auth=text --mail-from=text --mail-rcpt=text"
        " --pass=text --proto-redir=text --proxy-cacert=meta --proxy-capath=meta --proxy-cert-type=text --proxy-cert=meta"
        " --proxy-ciphers=text --proxy-crlfile=meta --proxy-header=at --proxy-key-type=text --proxy-key=meta"
        " --proxy-pass=text --proxy-pinnedpubkey=text --proxy-service-name=text --proxy-tls13-ciphers=text"
        " --proxy-tlsauthtype=text --proxy-tlspassword=text --proxy-tlsuser=text --pubkey=text --request-target=text"
        " --sasl-authzid=text --service-name=text --socks5-gssapi-service=text --speed-limit=text --speed-time=text"
        " --telnet-option=text --tftp-blksize=text --tls13-ciphers=text --tlsauthtype=text --tlspassword=text"
        " --tlsuser=text"
    ),
    "wget": (
        "-O/--output-document=write -q/--quiet -r/--recursive --report-speed=text"
        " --input-metalink=read --metalink-index=text --bind-address=text --bind-dns-address=text --dns-servers=text"
        " --start-pos=text --progress=text --dns-timeout=text --connect-timeout=text --read-timeout=text --waitretry=text"
        " --quota=text --prefer-family=text --local-encoding=text --remote-encoding=text --default-page=text"
        " --http-user=text --http-password=text --compression=text --max-redirect=text --retry-on-http-error=text"
        " --certificate-type=text --private-key-type=text --ca-directory=meta --crl-file=meta --random-file=meta"
        " --egd-file=meta --warc-header=text --warc-max-size=text --warc-dedup=read --warc-tempdir=text --ftp-user=text"
        " --ftp-password=text --accept-regex=text --reject-regex=text --regex-type=text --exclude-domains=text"
        " --follow-tags=text --ignore-tags=text --include-directories=text --exclude-directories=text"
    ),
    "doctl": (
        "-t/--access-token=text -u/--api-url=url -c/--config=read --context=text --http-retry-max=text"
        " --http-retry-wait-max=text --http-retry-wait-min=text -o/--output=text --trace -v/--verbose --interactive -h/--help"
    ),
    "vercel": (
        "-A/--local-config=read -Q/--global-config=text -S/--scope=text -t/--token=text --cwd=text -d/--debug --no-color -v/--version -h/--help"
    ),
    "netlify": "--auth=text --filter=text --http-proxy=proxy --http-proxy-certificate-filename=read --debug --silent -h/--help",
    "flyctl": "-t/--access-token=text --verbose --debug -h/--help",
    "fly": "-t/--access-token=text --verbose --debug -h/--help",
    "wrangler": "-c/--config=read --cwd=text -e/--env=text --env-file=read -v/--version -h/--help",
    "supabase": (
        "--workdir=text --network-id=text --profile=text --dns-resolver=text -o/--output=text --debug --experimental"
        " --create-ticket --yes -h/--help -v/--version"
    ),
    "firebase": (
        "-P/--project=text --account=text --token=text -c/--config=read -j/--json --non-interactive -i/--interactive --debug -V/--version -h/--help"
    ),
}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE = {
    "sshpass": "-f=read -d=text -p=text -P=text",
    "sftp": "-b=read -c=text -D=text -F=read -i=meta -J=host -l=text -o=text -P=text -R=text -S=program -s=text -B=text -X=text",
    "dig drill": "-f=read -k=read -x=host -p=text -t=text -c=text -b=text -q=host -y=text",
    "socat": "-b=text -t=text -T=text -l=text -L=text -r=write -R=write -W=text",
    "pg_dump pg_dumpall pg_restore mongodump mongorestore": (
        "-f=write --file=write -h=text --host=text -r=write --result-file=write -U=text --username=text -u=text -d=text --dbname=text -p=text"
        " --port=text -P=text --defaults-file=read -o=write --out=write --uri=url --archive=write"
        " -e=text --extension=text -E=text --encoding=text -F=text --format=text -j=text --jobs=text -n=text"
        " --schema=text -N=text --exclude-schema=text -S=text --superuser=text -t=text --table=text -T=text"
        " --exclude-table=text --compress=text --exclude-table-data=text --extra-float-digits=text"
        " --include-foreign-data=text --lock-wait-timeout=text --restrict-key=text --rows-per-insert=text --section=text"
        " --snapshot=text --role=text"
    ),
    "mysqldump": (
        "-h=text --host=text -r=write --result-file=write -u=text --user=text -p=?text --password=?text -P=text --port=text --defaults-file=read"
        " --defaults-extra-file=read -T=write --tab=write -w=text --where=text -S=text --socket=text --log-error=write"
    ),
    "sqlite3 sqlite duckdb": (
        "-cmd=code:sqlite -init=script:sqlite -separator=text -newline=text -nullvalue=text -c=code:sqlite -mmap=text -maxsize=text -vfs=text"
    ),
    "http https xh httpie curlie": (
        "-o=write --output=write -a=text --auth=text -A=text --auth-type=text --proxy=proxy --verify=meta --cert=meta --cert-key=meta"
        " --session=text --session-read-only=text -s=text --style=text -p=text --print=text --timeout=text --max-redirects=text --pretty=text"
    ),
    "aria2c axel": (
        "-o=text --out=text -d=text --dir=text -i=read --input-file=read -l=write --log=write -T=read --torrent-file=read -M=read"
        " --metalink-file=read -x=text -s=text -j=text --on-download-complete=program --on-download-start=program --on-download-error=program"
        " --on-download-pause=program --on-download-stop=program --on-bt-download-complete=program --conf-path=read --load-cookies=read"
        " --save-cookies=write --save-session=write --header=text"
        " --max-concurrent-downloads=text --all-proxy=text --all-proxy-passwd=text --all-proxy-user=text --checksum=text"
        " --connect-timeout=text --lowest-speed-limit=text --max-connection-per-server=text --max-file-not-found=text"
        " -m=text --max-tries=text -k=text --min-split-size=text --netrc-path=meta --no-proxy=text --proxy-method=text"
        " --retry-wait=text --server-stat-of=write --server-stat-if=read --server-stat-timeout=text --split=text"
        " --stream-piece-selector=text -t=text --timeout=text --uri-selector=text --ca-certificate=meta"
        " --certificate=meta --http-user=text --http-passwd=text --http-proxy=text --http-proxy-passwd=text"
        " --http-proxy-user=text --https-proxy=text --https-proxy-passwd=text --https-proxy-user=text --private-key=meta"
        " --referer=text -U=text --user-agent=text --ftp-user=text --ftp-passwd=text --ftp-proxy=text"
        " --ftp-proxy-passwd=text --ftp-proxy-user=text --ftp-type=text --ssh-host-key-md=text --select-file=text"
        " --bt-exclude-tracker=text --bt-external-ip=text --bt-lpd-interface=text --bt-max-open-files=text"
        " --bt-max-peers=text --bt-min-crypto-level=text --bt-prioritize-piece=text --bt-request-peer-speed-limit=text"
        " --bt-stop-timeout=text --bt-tracker=text --bt-tracker-connect-timeout=text --bt-tracker-interval=text"
        " --bt-tracker-timeout=text --dht-entry-point=text --dht-entry-point6=text --dht-file-path=text"
        " --dht-file-path6=text --dht-listen-addr6=text --dht-listen-port=text --dht-message-timeout=text"
        " --follow-torrent=text -O=text --index-out=text --listen-port=text --max-overall-upload-limit=text -u=text"
        " --max-upload-limit=text --peer-id-prefix=text --peer-agent=text --seed-ratio=text --seed-time=text"
        " --follow-metalink=text --metalink-base-uri=text --metalink-language=text --metalink-location=text"
        " --metalink-os=text --metalink-version=text --metalink-preferred-protocol=text --rpc-certificate=text"
        " --rpc-listen-port=text --rpc-max-request-size=text --rpc-passwd=text --rpc-private-key=text --rpc-secret=text"
        " --rpc-user=text --async-dns-server=text --auto-save-interval=text --console-log-level=text --disk-cache=text"
        " --download-result=text --dscp=text --rlimit-nofile=text --event-poll=text --file-allocation=text --gid=text"
        " --interface=text --max-download-result=text --max-mmap-limit=text --min-tls-version=text"
        " --multiple-interface=text --log-level=text --piece-length=text --summary-interval=text"
        " --max-overall-download-limit=text --max-download-limit=text --no-file-allocation-limit=text"
        " --save-session-interval=text --socket-recv-buffer-size=text --stop=text --stop-with-process=text"
    ),
    "ftp lftp tftp": "-e=shell -c=text -u=text -p=text -f=read -s=read",
    "telnet": "-l=text -n=write -b=text -e=text",
    "host nslookup": "-t=text -c=text -W=text -R=text -type=text",
    "ping ping6 traceroute tracepath mtr": "-c=text -i=text -W=text -w=text -s=text -t=text -I=text -p=text -M=text -m=text -q=text -n=text",
    "nmap masscan": "-p=text -oN=write -oX=write -oG=write -oA=write -iL=read --script=program -T=text -e=text -S=text",
    "lynx w3m links elinks": "-cfg=read -o=text -cookie_file=read -post_data=text",
    "rclone": "--config=read --log-file=write --include=text --exclude=text --filter=text --transfers=text --include-from=read --exclude-from=read --filter-from=read --password-command=shell",
    "doctl heroku vercel netlify fly flyctl wrangler railway supabase firebase": "-c=text -t=text --token=text --config=read --local-config=read --file=read --input=read --env-file=read --spec=read",
    "terraform tofu terragrunt pulumi cdk cdktf": "-chdir=text -var-file=read -state=read -out=write -f=read --cwd=text -C=text",
    "ansible ansible-playbook": "-i=read -e=text -u=text --private-key=meta --vault-password-file=read --extra-vars=text -m=text -a=shell",
    "mail mailx sendmail mutt msmtp": "-s=text -a=read -A=read -f=text -c=text -b=text -i=read -r=text -F=read -H=read --attach=read",
    "swaks": "--attach=read --to=text --from=text --server=host --body=read -s=host",
    "whois finger": "-h=host -p=text",
    "youtube-dl yt-dlp gallery-dl": (
        "--exec=shell -o=create -P=create --cookies=read --config-location=read --batch-file=read -a=read -f=text --downloader=program"
    ),
    "ngrok cloudflared localtunnel": "--config=read --url=text",
    "redis-cli mongosh mongo": (
        "-h=host -p=text -a=text -u=url -n=text --eval=text --file=read --host=host --port=text --tls=text --cacert=meta"
        " --cert=meta --key=meta --rdb=write"
    ),
    "dropdb createdb": "-h=host --host=host -U=text -p=text",
    "ssh-copy-id": "-i=meta -p=text -o=text -F=read",
    "ssh-keyscan": "-t=text -p=text -T=text -f=read",
    "ssh-add": "-t=text -D=text -s=text -e=text -T=text -p=text -f=read",
    "age rage": "-r=text -R=read -i=meta -o=write --recipient=text --recipients-file=read --identity=meta --output=write",
    "sops": "--config=read --output=write -p=text -k=text --age=text --extract=text --input-type=text --output-type=text",
    "vault op pass bw gopass chezmoi": "-field=text -address=url -ca-cert=meta --vault=text --account=text",
    "security": "-k=text -s=text -a=text -w=text -P=text -t=text -f=text",
    "keytool": "-keystore=read -file=write -storepass=text -alias=text -destkeystore=write -srckeystore=read",
    "magick convert mogrify": (
        "-size=text -density=text -crop=text -rotate=text -gravity=text -background=text -fill=text -font=text -pointsize=text"
        " -annotate=text -geometry=text -extent=text -strokewidth=text -delay=text -depth=text -colorspace=text -format=text"
        " -i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text"
        " --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program"
    ),
    "identify": (
        "-i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text"
        " --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program"
    ),
    "ffmpeg": (
        "-i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text"
        " --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program"
    ),
    "ffprobe pandoc": (
        "-i=read -o=write -f=text -t=text -resize=text -quality=text -c=text -vf=text -af=text -ss=text -r=text -b=text"
        " --filter=program -F=program --lua-filter=script:lua --template=read --pdf-engine=program"
    ),
    "kubectl oc k3s microk8s": (
        "-n=text --namespace=text -c=text --container=text --context=text --cluster=text --kubeconfig=meta -f=text"
        " --filename=text -k=tree --kustomize=tree -l=text --selector=text -o=text --output=text --as=text -s=host"
        " --server=host --token=text --from-file=text --from-env-file=read --patch-file=read -p=text --image=text"
        " --field-selector=text --template=text --tail=text --since=text --timeout=text --type=text --replicas=text --cert=read"
        " --key=read"
    ),
    "mysql mariadb": (
        "-e=code:mysql --execute=code:mysql -h=text --host=text -u=text --user=text -P=text --port=text -D=text --database=text"
        " --defaults-file=read --defaults-extra-file=read --tee=write -S=text --socket=text --ssl-ca=meta --init-command=text"
        " --pager=shell --plugin-dir=text -p=?text --password=?text --protocol=text"
    ),
    "nc ncat netcat": (
        "-e=shell -c=shell --exec=shell --sh-exec=shell --lua-exec=script:lua -p=text -s=text -w=text -i=text -q=text -o=write"
        " -x=text -X=text -I=text -O=text -T=text -V=text -m=text -g=text -G=text --proxy=text --output=write --hex-dump=write"
        " --ssl-key=meta --ssl-cert=meta -P=text -W=text"
    ),
    "rsync": (
        "-e=shell --rsh=shell --rsync-path=text -f=text --filter=text --exclude=text --include=text --exclude-from=read"
        " --include-from=read --files-from=read --log-file=write --password-file=read --partial-dir=text --backup-dir=text"
        " --temp-dir=text -T=text --bwlimit=text --port=text --timeout=text --compare-dest=text --copy-dest=text"
        " --link-dest=text --chmod=text --chown=text --suffix=text -B=text --max-size=text --min-size=text --out-format=text"
        " --write-batch=write --read-batch=read -M=text --info=text --modify-window=text"
        " --checksum-choice=text --stderr=text --block-size=text --max-delete=text --max-alloc=text --usermap=text"
        " --groupmap=text --contimeout=text --compress-choice=text --compress-level=text --compress-threads=text"
        " --skip-compress=text --copy-as=text --address=text --sockopts=text --outbuf=text --remote-option=text"
        " --log-file-format=text --early-input=read --stop-after=text --stop-at=text --only-write-batch=write"
        " --protocol=text --iconv=text --checksum-seed=text --config=text --dparam=text"
    ),
    "scp": "-c=text -F=read -i=meta -J=host -l=text -o=text -P=text -S=program -D=text -X=text",
    "ssh slogin autossh": (
        "-b=text -c=text -D=text -E=write -e=text -F=read -I=text -i=meta -J=host -L=text -l=text -m=text -O=text -o=text"
        " -p=text -P=text -Q=text -R=text -S=text -W=text -w=text -B=text"
    ),
    "ssh-keygen": (
        "-f=text -t=text -b=text -C=text -N=text -P=text -D=program -s=meta -I=text -n=text -V=text -R=text -F=text -O=text"
        " -Y=text -r=text -w=program -z=text -Z=text"
    ),
    "gpg gpg2": (
        "-o=write --output=write -r=text -u=text --recipient=text --local-user=text --passphrase=text --passphrase-file=read"
        " --passphrase-fd=text --homedir=text --keyserver=host --default-key=text --cipher-algo=text --digest-algo=text"
        " --pinentry-mode=text --batch-file=read --keyring=read --photo-viewer=program --agent-program=program"
    ),
    "openssl libressl": (
        "-in=read -out=write -inkey=meta -key=meta -CAfile=meta -CA=meta -CAkey=meta -cert=meta -signkey=meta -keyout=write"
        " -connect=host -proxy=host -servername=text -pass=text -passin=text -passout=text -config=read -subj=text -days=text"
        " -K=text -iv=text -k=text -kfile=read -S=text -md=text -engine=program -provider=text -verify=meta -untrusted=meta"
        " -newkey=text -extensions=text -addext=text -extfile=read -algorithm=text -pkeyopt=text -name=text -caname=text"
        " -bits=text -port=text -accept=text -signature=read -sigfile=read -starttls=text -rand=read -writerand=write"
    ),
    "wget wget2": (
        "-O=write --output-document=write -o=write --output-file=write -a=write --append-output=write -i=read --input-file=read"
        " -P=text --directory-prefix=text --post-file=read --body-file=read --post-data=text --body-data=text --method=text"
        " --header=text -U=text --user-agent=text --referer=text --load-cookies=read --save-cookies=write --ca-certificate=meta"
        " --certificate=meta --private-key=meta --config=read -e=text --execute=text --use-askpass=program -t=text --tries=text"
        " -T=text --timeout=text -w=text --wait=text -Q=text -l=text --level=text -A=text -R=text -D=text -I=text -X=text"
        " --user=text --password=text --limit-rate=text --cut-dirs=text --accept=text --reject=text --domains=text"
        " --secure-protocol=text --proxy-user=text --proxy-password=text --warc-file=write --rejected-log=write"
        " --hsts-file=write -B=url --base=url --restrict-file-names=text"
    ),
    "curl": (
        "--data-binary=at --data-ascii=at --data-urlencode=at --json=at --data-raw=text -F=text --form=text --form-string=text"
        " -K=read --config=read -b=text --cookie=text -c=write --cookie-jar=write -D=write --dump-header=write -H=at"
        " --header=at --trace=write --trace-ascii=write --stderr=write --cacert=meta --capath=meta --cert=meta -E=meta"
        " --key=meta --netrc-file=meta -x=url --proxy=url --preproxy=url --socks5=url --socks5-hostname=url --socks4=url"
        " --socks4a=url --url=text -u=text --user=text -A=text --user-agent=text -e=text --referer=text -m=text --max-time=text"
        " --connect-timeout=text --retry=text --retry-delay=text --retry-max-time=text -w=text --write-out=text --resolve=text"
        " --connect-to=text -r=text --range=text -C=text --continue-at=text -z=text --time-cond=text --limit-rate=text -Y=text"
        " -y=text -t=text -P=text -Q=text --quote=text --interface=text --dns-servers=text --ciphers=text --tls-max=text"
        " --output-dir=text --max-filesize=text --unix-socket=write --oauth2-bearer=text --aws-sigv4=text --noproxy=text"
        " --proxy-user=text -U=text --proto=text --proto-default=text --create-file-mode=text --etag-save=write"
        " --etag-compare=read --hsts=write --alt-svc=write --libcurl=write --engine=program --variable=text --expand-data=text"
        " --url-query=text --parallel-max=text --rate=text --max-redirs=text --doh-url=url"
    ),
    "aws": (
        "--cli-input-json=text --exclude=text --include=text --body=read --zip-file=text --key=text --bucket=text --acl=text"
        " --template-file=read --output-template-file=write"
    ),
    "gsutil gcloud az s3cmd mc": (
        "--project=text --account=text --file=read -f=read --source=read --key-file=meta -n=text -g=text --name=text --config=read"
    ),
    "helm": (
        "-f=read --values=read --set-file=text --post-renderer=program --set=text --repo=url --version=text --ca-file=meta"
        " --output-dir=create -d=text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
