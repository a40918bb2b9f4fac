-- Enums, domains and range types. Schemas are a list of oids.
SELECT t.oid,
       t.typnamespace AS namespace,
       t.typname AS name,
       t.typtype AS kind,
       t.typarray AS array_type,
       d.description AS comment,
       CASE WHEN t.typtype = 'e' THEN (
           SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum AS e WHERE e.enumtypid = t.oid
       ) END AS labels,
       CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS type,
       t.typnotnull AS not_null,
       pg_get_expr(t.typdefaultbin, 0) AS expr,
       CASE WHEN co.collnamespace = 'pg_catalog'::regnamespace THEN co.collname::text
            WHEN co.oid IS NOT NULL THEN format('"%s".%I', replace(cn.nspname, '"', '""'), co.collname)
       END AS collation,
       format_type(r.rngsubtype, NULL) AS subtype,
       CASE WHEN NOT o.opcdefault THEN
           CASE WHEN o.opcnamespace = 'pg_catalog'::regnamespace
                THEN quote_ident(o.opcname)
                ELSE o.opcnamespace::regnamespace || '.' || quote_ident(o.opcname)
           END
       END AS opclass,
       NULLIF(r.rngcanonical, 0)::regproc::text AS canonical,
       NULLIF(r.rngsubdiff, 0)::regproc::text AS subtype_diff,
       m.oid AS multirange_type,
       m.typarray AS multirange_array_type,
       m.typname AS multirange
FROM pg_type AS t
LEFT JOIN pg_type AS b ON b.oid = t.typbasetype AND t.typtype = 'd'
LEFT JOIN pg_range AS r ON r.rngtypid = t.oid
LEFT JOIN pg_type AS s ON s.oid = r.rngsubtype
LEFT JOIN pg_type AS m ON m.oid = r.rngmultitypid
LEFT JOIN pg_opclass AS o ON o.oid = r.rngsubopc
LEFT JOIN pg_collation AS co
       ON (co.oid = t.typcollation AND t.typtype = 'd' AND t.typcollation <> b.typcollation)
       OR (co.oid = r.rngcollation AND r.rngcollation <> s.typcollation)
LEFT JOIN pg_namespace AS cn ON cn.oid = co.collnamespace
LEFT JOIN pg_description AS d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE t.typnamespace = ANY (:'schemas'::oid[])
  AND t.typtype IN ('e', 'd', 'r')
  AND NOT EXISTS (
      SELECT FROM pg_depend AS e
      WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e'
  )
