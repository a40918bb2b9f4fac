-- Indexes with their parts, those of constraints too. Schemas are a list of oids. For absent see inspect_constraints.
SELECT i.indexrelid AS oid,
       i.indrelid AS relation,
       c.relname AS name,
       am.amname AS method,
       i.indisunique AS "unique",
       i.indisvalid AS valid,
       i.indisclustered AS clustered,
       i.indisreplident AS replica_identity,
       (SELECT indnullsnotdistinct FROM (SELECT i.*) AS present) AS nulls_not_distinct,
       i.indnkeyatts AS keys,
       pg_get_expr(i.indpred, i.indrelid) AS predicate,
       c.reloptions AS options,
       space.spcname AS tablespace,
       d.description AS comment,
       k.oid IS NOT NULL AS is_constraint,
       CASE WHEN c.relispartition THEN (
           SELECT json_build_array(n.nspname, p.relname)
           FROM pg_inherits AS h
           JOIN pg_class AS p ON p.oid = h.inhparent
           JOIN pg_namespace AS n ON n.oid = p.relnamespace
           WHERE h.inhrelid = i.indexrelid
       ) END AS attached_to,
       CASE WHEN c.relispartition THEN (
           SELECT p.indisvalid
           FROM pg_inherits AS h
           JOIN pg_index AS p ON p.indexrelid = h.inhparent
           WHERE h.inhrelid = i.indexrelid
       ) END AS is_part_of_valid,
       parts.parts
FROM pg_index AS i
CROSS JOIN (SELECT FALSE AS indnullsnotdistinct) AS absent
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_am AS am ON am.oid = c.relam
LEFT JOIN pg_tablespace AS space ON space.oid = c.reltablespace
LEFT JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_description AS d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
CROSS JOIN LATERAL (
    SELECT json_agg(
        json_build_object(
            'number', key.number,
            'name', a.attname,
            'options', key.options,
            'expr', CASE WHEN key.number = 0 THEN pg_get_indexdef(i.indexrelid, key.position::int, FALSE) END,
            'opclass', CASE WHEN NOT o.opcdefault OR a.attoptions IS NOT NULL OR o.opcintype <> t.oid AND EXISTS (
                SELECT FROM pg_opclass AS other
                WHERE other.opcmethod = o.opcmethod
                  AND other.opcdefault
                  AND other.oid <> o.oid
                  AND other.opcintype = COALESCE(NULLIF(t.typbasetype, 0), t.oid)
            ) THEN
                CASE WHEN o.opcnamespace = 'pg_catalog'::regnamespace
                     THEN quote_ident(o.opcname)
                     ELSE o.opcnamespace::regnamespace || '.' || quote_ident(o.opcname)
                END
            END,
            'opclass_options', a.attoptions,
            'collation', CASE
                WHEN co.oid IS NULL OR key.collation_oid = COALESCE(ta.attcollation, t.typcollation) THEN NULL
                -- NB: the collation of an expression is in no catalog; the printed index says whether it is its own.
                WHEN key.number = 0 AND strpos(
                    pg_get_indexdef(i.indexrelid),
                    pg_get_indexdef(i.indexrelid, key.position::int, FALSE) || ' COLLATE '
                ) = 0 THEN NULL
                WHEN co.collnamespace = 'pg_catalog'::regnamespace THEN co.collname::text
                ELSE format('"%s".%I', replace(cn.nspname, '"', '""'), co.collname)
            END
        )
        ORDER BY key.position
    ) AS parts
    FROM unnest(i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[], i.indoption::int2[])
         WITH ORDINALITY AS key (number, opclass_oid, collation_oid, options, position)
    JOIN pg_attribute AS a ON a.attrelid = i.indexrelid AND a.attnum = key.position
    JOIN pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_attribute AS ta ON ta.attrelid = i.indrelid AND ta.attnum = key.number AND key.number <> 0
    LEFT JOIN pg_opclass AS o ON o.oid = key.opclass_oid
    LEFT JOIN pg_collation AS co ON co.oid = key.collation_oid
    LEFT JOIN pg_namespace AS cn ON cn.oid = co.collnamespace
) AS parts
WHERE c.relnamespace = ANY (:'schemas'::oid[])
