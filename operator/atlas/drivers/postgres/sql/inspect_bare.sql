-- Texts as they are printed now, under another search path than before. Everything that is looked for is a list of oids.
SELECT 'default' AS kind, oid, 0 AS number, pg_get_expr(adbin, adrelid) AS text
FROM pg_attrdef
WHERE oid = ANY (:'default'::oid[])
UNION ALL
SELECT 'check', oid, 0, pg_get_expr(conbin, conrelid)
FROM pg_constraint
WHERE oid = ANY (:'check'::oid[])
UNION ALL
SELECT 'predicate', indexrelid, 0, pg_get_expr(indpred, indrelid)
FROM pg_index
WHERE indexrelid = ANY (:'predicate'::oid[])
UNION ALL
SELECT 'part', indexrelid, position, pg_get_indexdef(indexrelid, position, FALSE)
FROM pg_index
CROSS JOIN LATERAL generate_series(1, indnkeyatts) AS position
WHERE indexrelid = ANY (:'part'::oid[])
  AND indkey[position - 1] = 0
UNION ALL
SELECT 'view', oid, 0, pg_get_viewdef(oid)
FROM pg_class
WHERE oid = ANY (:'view'::oid[])
UNION ALL
SELECT 'partition_key', partrelid, 0, pg_get_expr(partexprs, partrelid)
FROM pg_partitioned_table
WHERE partrelid = ANY (:'partition_key'::oid[])
UNION ALL
SELECT 'printed_key', partrelid, 0, pg_get_partkeydef(partrelid)
FROM pg_partitioned_table
WHERE partrelid = ANY (:'printed_key'::oid[])
UNION ALL
SELECT 'type', oid, 0, pg_get_expr(typdefaultbin, 0)
FROM pg_type
WHERE oid = ANY (:'type'::oid[])
UNION ALL
SELECT 'trigger', oid, 0, pg_get_triggerdef(oid)
FROM pg_trigger
WHERE oid = ANY (:'trigger'::oid[])
UNION ALL
SELECT 'policy_using', oid, 0, pg_get_expr(polqual, polrelid)
FROM pg_policy
WHERE oid = ANY (:'policy_using'::oid[])
UNION ALL
SELECT 'policy_check', oid, 0, pg_get_expr(polwithcheck, polrelid)
FROM pg_policy
WHERE oid = ANY (:'policy_check'::oid[])
UNION ALL
SELECT 'argument', oid, position, pg_get_function_arg_default(oid, position)
FROM pg_proc
CROSS JOIN LATERAL generate_series(1, cardinality(COALESCE(proallargtypes, proargtypes::oid[]))) AS position
WHERE oid = ANY (:'argument'::oid[])
UNION ALL
SELECT 'body', oid, 0, pg_get_function_sqlbody(oid)
FROM pg_proc
WHERE oid = ANY (:'body'::oid[])
