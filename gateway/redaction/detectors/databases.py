"""Databases and data platforms: PlanetScale, Supabase, Databricks, Confluent, MongoDB Atlas and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
planetscale-token ; pscale_(tkn|oauth|pw)_{token:32-64} ; pscale_tkn_{alnum:12}
supabase-token ; sbp_{hex:40} sb_secret_{word:20+} ; sbp_{hex:20} sb_secret_{alnum:8}
neon-key ; napi_{lower:60+} ; napi_{lower:20}
databricks-token ; dapi{hex:32} ; dapi{hex:20}
clickhouse-key ; 4b1d{alnum:38} ; 4b1d{alnum:20} ; mixed
aiven-password ; AVNS_{word:18+} ; AVNS_{word:8}
xata-key ; xau_{alnum:40+} ; xau_{alnum:12}
fauna-key ; fnA{word:37+} ; fnA{word:20} ; mixed
convex-key ; (prod|dev|preview):{word:8+}|{padded:40+} ; prod:{word:8}|{alnum:10}
dbt-token ; dbt(c|u|s)_{word:30+} ; dbtc_{word:12}
tinybird-token ; p.eyJ{word:40+}.{word:20+} ; p.eyJ{alnum:10}
mongodb-atlas-key ; mdb_sa_sk_{word:40} mdb_sa_id_{hex:24} ; mdb_sa_sk_{word:20}
"""
)

NAMED = named_rows(
    """
confluent-key ; confluent ; {alnum:64} {base64:64} {upper:16} ; {alnum:60} ; digit
mongodb-api-key ; mongodb_atlas atlas_private atlas_public ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
algolia-key ; algolia ; {hex:32} ; {hex:30}
contentful-key ; contentful ; {word:43} ; {alnum:40} ; digit
snowflake-password ; snowflake ; {word:24-64} ; {word:20} ; digit
redis-password ; redislabs upstash_redis ; {alnum:32} {alnum:40-60} ; {alnum:30} ; digit
looker-key ; looker ; {alnum:20} {alnum:24} ; {alnum:18} ; digit
cockroach-key ; cockroach ; {word:40-60} ; {word:36} ; digit
fivetran-key ; fivetran ; {alnum:32} {word:16} ; {alnum:30} ; digit
qdrant-key ; qdrant ; {word:36-60} ; {alnum:30} ; digit
"""
)
