-- All revisions as JSON: absent columns are absent keys, and no DateStyle changes a time.
SELECT pg_catalog.to_jsonb(r)
FROM :"schema".:"table" AS r
WHERE r.version <> :'identifier'
