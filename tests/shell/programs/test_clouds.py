"""What the programs of `clouds` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
aws s3 cp s3://bucket/key local.txt => run aws s3 cp s3://bucket/key local.txt · connect s3://bucket/key · write local.txt <network:s3://bucket/key>
aws s3 cp .env s3://bucket/key => run aws s3 cp .env s3://bucket/key · read .env · connect s3://bucket/key <file:/p/.env>
aws s3 ls => run aws s3 ls · connect s3.amazonaws.com
gcloud compute ssh host --command 'id' => run gcloud compute ssh host --command id · connect googleapis.com
gsutil cp a gs://b/c => run gsutil cp a gs://b/c · read a · connect gs://b/c <file:/p/a>
kubectl exec pod -- cat /etc/passwd => run kubectl exec pod -- cat /etc/passwd · run cat /etc/passwd [remote]
kubectl apply -f x.yaml => run kubectl apply -f x.yaml · read x.yaml
kubectl get pods => run kubectl get pods
helm install app ./chart => run helm install app ./chart
terraform apply -auto-approve => run terraform apply -auto-approve
"""
)
