-- Tables, views, materialized views, sequences and composite types. Schemas are a list of oids, '{2200}'.
SELECT c.oid,
       c.relnamespace AS namespace,
       c.relname AS name,
       c.relkind AS kind,
       c.reltype AS row_type,
       t.typarray AS array_type,
       d.description AS comment,
       c.relpersistence = 'u' AS unlogged,
       c.relrowsecurity AS row_security,
       c.relforcerowsecurity AS forced_row_security,
       c.relreplident AS replica_identity,
       c.relispopulated AS populated,
       c.reloptions AS options,
       toast.reloptions AS toast_options,
       space.spcname AS tablespace,
       CASE WHEN am.amname <> 'heap' THEN am.amname END AS access_method,
       CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type,
       CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS bound,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END AS definition,
       rule.oid AS rule,
       parents.parents,
       CASE WHEN c.relkind = 'p' THEN partition_key.found END AS partition_key,
       CASE WHEN c.relkind = 'S' THEN sequence.found END AS sequence
FROM pg_class AS c
LEFT JOIN pg_type AS t ON t.oid = c.reltype
LEFT JOIN pg_class AS toast ON toast.oid = c.reltoastrelid
LEFT JOIN pg_tablespace AS space ON space.oid = c.reltablespace
LEFT JOIN pg_am AS am ON am.oid = c.relam
LEFT JOIN pg_rewrite AS rule ON rule.ev_class = c.oid AND rule.rulename = '_RETURN'
LEFT JOIN pg_description AS d
       ON d.objsubid = 0
      AND (d.classoid, d.objoid) = (
          CASE WHEN c.relkind = 'c' THEN 'pg_type'::regclass ELSE 'pg_class'::regclass END,
          CASE WHEN c.relkind = 'c' THEN c.reltype ELSE c.oid END
      )
LEFT JOIN (
    SELECT h.inhrelid, json_agg(json_build_array(n.nspname, p.relname) ORDER BY h.inhseqno) AS parents
    FROM pg_inherits AS h
    JOIN pg_class AS p ON p.oid = h.inhparent
    JOIN pg_namespace AS n ON n.oid = p.relnamespace
    WHERE p.relkind IN ('r', 'p')
    GROUP BY h.inhrelid
) AS parents ON parents.inhrelid = c.oid
LEFT JOIN LATERAL (
    SELECT json_build_object(
        'strategy', p.partstrat,
        'expressions', pg_get_expr(p.partexprs, p.partrelid),
        'printed', pg_get_partkeydef(p.partrelid),
        'parts', (
            SELECT json_agg(
                json_build_object(
                    'number', key.number,
                    'opclass', CASE WHEN NOT o.opcdefault THEN
                        CASE WHEN o.opcnamespace = 'pg_catalog'::regnamespace
                             THEN quote_ident(o.opcname)
                             ELSE quote_ident(ons.nspname) || '.' || quote_ident(o.opcname)
                        END
                    END,
                    'collation', CASE
                        WHEN co.oid IS NULL OR key.collation_oid = a.attcollation THEN NULL
                        WHEN co.collnamespace = 'pg_catalog'::regnamespace THEN co.collname::text
                        ELSE format('"%s".%I', replace(cns.nspname, '"', '""'), co.collname)
                    END
                )
                ORDER BY key.position
            )
            FROM unnest(p.partattrs::int2[], p.partclass::oid[], p.partcollation::oid[])
                 WITH ORDINALITY AS key (number, opclass_oid, collation_oid, position)
            JOIN pg_opclass AS o ON o.oid = key.opclass_oid
            JOIN pg_namespace AS ons ON ons.oid = o.opcnamespace
            LEFT JOIN pg_attribute AS a ON a.attrelid = p.partrelid AND a.attnum = key.number AND key.number <> 0
            LEFT JOIN pg_collation AS co ON co.oid = key.collation_oid
            LEFT JOIN pg_namespace AS cns ON cns.oid = co.collnamespace
        )
    ) AS found
    FROM pg_partitioned_table AS p
    WHERE p.partrelid = c.oid
) AS partition_key ON c.relkind = 'p'
LEFT JOIN LATERAL (
    SELECT json_build_object(
        'printed', s.seqrelid::regclass::text,
        'type', format_type(s.seqtypid, NULL),
        'start', s.seqstart,
        'increment', s.seqincrement,
        'min_value', s.seqmin,
        'max_value', s.seqmax,
        'cache', s.seqcache,
        'cycle', s.seqcycle,
        'owner', o.refobjid,
        'owner_column', o.refobjsubid,
        'internal', o.deptype = 'i'
    ) AS found
    FROM pg_sequence AS s
    LEFT JOIN pg_depend AS o
           ON o.classid = 'pg_class'::regclass
          AND o.objid = s.seqrelid
          AND o.refclassid = 'pg_class'::regclass
          AND o.refobjsubid > 0
          AND o.deptype IN ('a', 'i')
    WHERE s.seqrelid = c.oid
) AS sequence ON c.relkind = 'S'
WHERE c.relnamespace = ANY (:'schemas'::oid[])
  AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c')
  AND NOT EXISTS (
      SELECT FROM pg_depend AS e
      WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
  )
