-- Constraints of tables and domains that do not come from a parent, which a table may have declared too. Schemas are a list of oids.
-- A name inside of (SELECT … FROM (SELECT k.*)) is a column of k, or of absent on servers where k has none of that name.
SELECT k.oid,
       k.conrelid AS relation,
       k.contypid AS domain,
       k.conname AS name,
       k.contype AS kind,
       k.conindid AS index,
       k.conkey AS columns,
       k.condeferrable AS deferrable,
       k.condeferred AS initially_deferred,
       k.convalidated AS validated,
       k.connoinherit AS no_inherit,
       (SELECT conenforced FROM (SELECT k.*) AS present) AS enforced,
       CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expr,
       k.confupdtype AS on_update,
       k.confdeltype AS on_delete,
       k.confmatchtype AS match,
       (SELECT confdelsetcols FROM (SELECT k.*) AS present) AS delete_columns,
       rn.nspname AS ref_schema,
       rc.relname AS ref_table,
       CASE WHEN k.contype = 'f' THEN (
           SELECT json_agg(a.attname ORDER BY key.position)
           FROM unnest(k.confkey) WITH ORDINALITY AS key (number, position)
           JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = key.number
       ) END AS ref_columns,
       CASE WHEN k.contype = 'x' THEN (
           SELECT json_agg(
               CASE WHEN o.oprnamespace = 'pg_catalog'::regnamespace
                    THEN o.oprname::text
                    ELSE 'OPERATOR(' || o.oprnamespace::regnamespace || '.' || o.oprname || ')'
               END
               ORDER BY key.position
           )
           FROM unnest(k.conexclop) WITH ORDINALITY AS key (operator, position)
           JOIN pg_operator AS o ON o.oid = key.operator
       ) END AS operators,
       d.description AS comment
FROM pg_constraint AS k
CROSS JOIN (SELECT TRUE AS conenforced, NULL::int2[] AS confdelsetcols) AS absent
LEFT JOIN pg_class AS rc ON rc.oid = k.confrelid
LEFT JOIN pg_namespace AS rn ON rn.oid = rc.relnamespace
LEFT JOIN pg_description AS d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid AND d.objsubid = 0
WHERE k.connamespace = ANY (:'schemas'::oid[])
  AND k.contype IN ('p', 'u', 'x', 'f', 'c')
  AND k.coninhcount = 0
  AND k.conparentid = 0
