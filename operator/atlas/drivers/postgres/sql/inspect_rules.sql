-- Triggers and row security policies. Schemas are a list of oids.
SELECT 'trigger' AS kind, to_json(found) AS found
FROM (
    SELECT t.oid,
           t.tgrelid AS relation,
           t.tgname AS name,
           t.tgtype AS type,
           t.tgenabled AS enabled,
           NULLIF(t.tgconstraint, 0) AS "constraint",
           t.tgdeferrable AS deferrable,
           t.tginitdeferred AS initially_deferred,
           t.tgattr::int2[] AS columns,
           encode(t.tgargs, 'hex') AS arguments,
           CASE WHEN t.tgqual IS NOT NULL THEN pg_get_triggerdef(t.oid) END AS definition,
           t.tgoldtable AS old_table,
           t.tgnewtable AS new_table,
           pn.nspname || '.' || p.proname AS function,
           rn.nspname || '.' || r.relname AS ref_table,
           d.description AS comment
    FROM pg_trigger AS t
    JOIN pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_proc AS p ON p.oid = t.tgfoid
    JOIN pg_namespace AS pn ON pn.oid = p.pronamespace
    LEFT JOIN pg_class AS r ON r.oid = t.tgconstrrelid
    LEFT JOIN pg_namespace AS rn ON rn.oid = r.relnamespace
    LEFT JOIN pg_description AS d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
    WHERE c.relnamespace = ANY (:'schemas'::oid[])
      AND NOT t.tgisinternal
      AND t.tgparentid = 0
) AS found
UNION ALL
SELECT 'policy', to_json(found)
FROM (
    SELECT p.oid,
           p.polrelid AS relation,
           p.polname AS name,
           p.polpermissive AS permissive,
           p.polcmd AS command,
           ARRAY(
               SELECT pg_get_userbyid(role)::text FROM unnest(p.polroles) AS role WHERE role <> 0 ORDER BY 1
           ) AS roles,
           pg_get_expr(p.polqual, p.polrelid) AS "using",
           pg_get_expr(p.polwithcheck, p.polrelid) AS "check",
           d.description AS comment
    FROM pg_policy AS p
    JOIN pg_class AS c ON c.oid = p.polrelid
    LEFT JOIN pg_description AS d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid AND d.objsubid = 0
    WHERE c.relnamespace = ANY (:'schemas'::oid[])
) AS found
