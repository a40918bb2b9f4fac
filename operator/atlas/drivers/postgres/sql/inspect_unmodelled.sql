-- What is there and has no place in the model, by kind, name and the relation that it is on. Schemas are a list of
-- oids; what belongs to the whole database is told where names are '{}'. For absent see inspect_constraints.
WITH object (catalog, oid, schema) AS (
    SELECT 'pg_class'::regclass, oid, relnamespace FROM pg_class WHERE relkind = 'f'
    UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typnamespace
    FROM pg_type AS t
    WHERE (t.typtype = 'b' OR NOT t.typisdefined) -- types in C, and shells that await one
      AND NOT EXISTS (SELECT FROM pg_type AS e WHERE e.typarray = t.oid)
    UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, oid, opcnamespace FROM pg_opclass
    UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfnamespace FROM pg_opfamily
    UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid, connamespace FROM pg_conversion
    UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictnamespace FROM pg_ts_dict
    UNION ALL SELECT 'pg_ts_parser'::regclass, oid, prsnamespace FROM pg_ts_parser
    UNION ALL SELECT 'pg_ts_template'::regclass, oid, tmplnamespace FROM pg_ts_template
    UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxnamespace FROM pg_statistic_ext
    UNION ALL SELECT 'pg_cast'::regclass, oid, 0 FROM pg_cast
    UNION ALL SELECT 'pg_language'::regclass, oid, 0 FROM pg_language
    UNION ALL SELECT 'pg_transform'::regclass, oid, 0 FROM pg_transform
    UNION ALL SELECT 'pg_am'::regclass, oid, 0 FROM pg_am
    UNION ALL SELECT 'pg_event_trigger'::regclass, oid, 0 FROM pg_event_trigger
    UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, 0 FROM pg_foreign_data_wrapper
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 0 FROM pg_foreign_server
    UNION ALL SELECT 'pg_publication'::regclass, oid, 0 FROM pg_publication
),
relation AS (
    SELECT c.oid,
           c.relkind,
           c.relowner,
           c.relacl,
           n.nspname || '.' || c.relname AS name
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relnamespace = ANY (:'schemas'::oid[])
      AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
),
granted (catalog, oid, sub, "on", acl, usual) AS (
    SELECT 'pg_namespace'::regclass, n.oid, 0, NULL, n.nspacl, COALESCE(p.initprivs, acldefault('n', n.nspowner))
    FROM pg_namespace AS n
    LEFT JOIN pg_init_privs AS p ON p.classoid = 'pg_namespace'::regclass AND p.objoid = n.oid
    WHERE n.nspacl IS NOT NULL AND n.oid = ANY (:'schemas'::oid[])
    UNION ALL
    SELECT 'pg_class'::regclass, r.oid, 0, r.name, r.relacl,
           CASE WHEN r.relkind = 'S' THEN acldefault('s', r.relowner) ELSE acldefault('r', r.relowner) END
    FROM relation AS r
    WHERE r.relacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class'::regclass, r.oid, a.attnum, r.name, a.attacl, acldefault('c', r.relowner)
    FROM relation AS r
    JOIN pg_attribute AS a ON a.attrelid = r.oid
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 0, NULL, p.proacl, acldefault('f', p.proowner)
    FROM pg_proc AS p
    WHERE p.proacl IS NOT NULL AND p.pronamespace = ANY (:'schemas'::oid[])
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, NULL, t.typacl, acldefault('T', t.typowner)
    FROM pg_type AS t
    WHERE t.typacl IS NOT NULL AND t.typnamespace = ANY (:'schemas'::oid[])
),
-- Who may do what, and who may not any more. The owner's own rights are those that he gave himself: -1.
privilege AS (
    SELECT g.catalog, g.oid, g.sub, g."on", x.kind, x.grantee, string_agg(x.word, ', ' ORDER BY x.word) AS words
    FROM granted AS g
    CROSS JOIN LATERAL (
        (
            SELECT 'grant', CASE WHEN grantee = grantor THEN -1 ELSE grantee::int8 END,
                   privilege_type || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            FROM aclexplode(g.acl)
            EXCEPT
            SELECT 'grant', CASE WHEN grantee = grantor THEN -1 ELSE grantee::int8 END,
                   privilege_type || CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
            FROM aclexplode(g.usual)
        )
        UNION ALL
        (
            SELECT 'revoke', CASE WHEN grantee = grantor THEN -1 ELSE grantee::int8 END, privilege_type
            FROM aclexplode(g.usual)
            EXCEPT
            SELECT 'revoke', CASE WHEN grantee = grantor THEN -1 ELSE grantee::int8 END, privilege_type
            FROM aclexplode(g.acl)
        )
    ) AS x (kind, grantee, word)
    WHERE NOT EXISTS (
        SELECT FROM pg_depend AS e WHERE e.classid = g.catalog AND e.objid = g.oid AND e.deptype = 'e'
    )
    GROUP BY g.catalog, g.oid, g.sub, g."on", x.kind, x.grantee
)
SELECT named.type AS kind,
       named.identity AS name,
       CASE WHEN o.catalog = 'pg_statistic_ext'::regclass
            THEN (SELECT r.name FROM pg_statistic_ext AS s JOIN relation AS r ON r.oid = s.stxrelid WHERE s.oid = o.oid)
       END AS "on"
FROM object AS o
CROSS JOIN LATERAL pg_identify_object(o.catalog, o.oid, 0) AS named
WHERE o.oid >= 16384 -- below are the server's own
  AND (o.schema = ANY (:'schemas'::oid[]) OR (o.schema = 0 AND :'names' = '{}'))
  AND NOT EXISTS (
      SELECT FROM pg_depend AS d
      WHERE d.classid = o.catalog AND d.objid = o.oid AND d.deptype IN ('e', 'i')
  )
UNION ALL
SELECT p.kind,
       i.identity
           || CASE WHEN p.kind = 'grant' THEN ' to ' ELSE ' from ' END
           || CASE p.grantee WHEN 0 THEN 'PUBLIC' WHEN -1 THEN 'its owner' ELSE pg_get_userbyid(p.grantee::oid)::text END
           || ' (' || p.words || ')',
       p."on"
FROM privilege AS p
CROSS JOIN LATERAL pg_identify_object(p.catalog, p.oid, p.sub) AS i
UNION ALL
SELECT 'default privileges', identity, NULL
FROM pg_default_acl AS a
CROSS JOIN LATERAL pg_identify_object('pg_default_acl'::regclass, a.oid, 0)
WHERE a.defaclnamespace = ANY (:'schemas'::oid[])
   OR (a.defaclnamespace = 0 AND :'names' = '{}')
UNION ALL
-- Whoever makes these anew is their owner.
SELECT 'owner', i.identity || ' (' || pg_get_userbyid(o.owner) || ')', o."on"
FROM (
    SELECT 'pg_class'::regclass AS catalog, r.oid, r.relowner AS owner, r.name AS "on"
    FROM relation AS r
    WHERE r.relkind IN ('v', 'm', 'S')
    UNION ALL SELECT 'pg_proc'::regclass, p.oid, p.proowner, NULL
    FROM pg_proc AS p
    WHERE p.pronamespace = ANY (:'schemas'::oid[])
    UNION ALL SELECT 'pg_type'::regclass, t.oid, t.typowner, NULL
    FROM pg_type AS t
    WHERE t.typnamespace = ANY (:'schemas'::oid[])
      AND (t.typtype IN ('d', 'e', 'r')
           OR (t.typtype = 'c' AND EXISTS (SELECT FROM pg_class AS c WHERE c.oid = t.typrelid AND c.relkind = 'c')))
) AS o
CROSS JOIN LATERAL pg_identify_object(o.catalog, o.oid, 0) AS i
WHERE o.owner <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
  AND NOT EXISTS (
      SELECT FROM pg_depend AS e WHERE e.classid = o.catalog AND e.objid = o.oid AND e.deptype = 'e'
  )
UNION ALL
SELECT 'rule', r.name || '.' || w.rulename, r.name
FROM pg_rewrite AS w
JOIN relation AS r ON r.oid = w.ev_class
WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT 'default of a view', r.name || '.' || a.attname, r.name
FROM pg_attrdef AS d
JOIN relation AS r ON r.oid = d.adrelid AND r.relkind = 'v'
JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
UNION ALL
SELECT 'index statistics', r.name || '.' || c.relname || '.' || a.attname, r.name
FROM pg_index AS i
JOIN relation AS r ON r.oid = i.indrelid
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN pg_attribute AS a ON a.attrelid = i.indexrelid AND a.attstattarget >= 0 -- NULL since 17, -1 before
UNION ALL
SELECT 'disabled trigger of a constraint', r.name || '.' || k.conname, r.name
FROM pg_trigger AS t
JOIN relation AS r ON r.oid = t.tgrelid
JOIN pg_constraint AS k ON k.oid = t.tgconstraint
WHERE t.tgisinternal AND t.tgenabled <> 'O'
UNION ALL
SELECT k.kind, r.name || '.' || k.conname, r.name
FROM (
    SELECT c.conrelid,
           c.conname,
           CASE
               WHEN c.contype = 'n' AND (c.connoinherit OR NOT c.convalidated) THEN 'NOT NULL that holds not for all rows'
               WHEN (SELECT conperiod FROM (SELECT c.*) AS present) THEN 'constraint of a period'
               WHEN c.contype = 'f' AND NOT (SELECT conenforced FROM (SELECT c.*) AS present) THEN 'NOT ENFORCED'
           END AS kind
    FROM pg_constraint AS c
    CROSS JOIN (SELECT FALSE AS conperiod, TRUE AS conenforced) AS absent
) AS k
JOIN relation AS r ON r.oid = k.conrelid
WHERE k.kind IS NOT NULL
UNION ALL
SELECT 'security label', l.objtype || ' ' || l.objname || ' (' || l.provider || ')', NULL
FROM pg_seclabels AS l
WHERE l.objnamespace = ANY (:'schemas'::oid[])
   OR (COALESCE(l.objnamespace, 0) = 0 AND :'names' = '{}' AND l.objtype NOT IN ('role', 'database', 'tablespace'))
UNION ALL
SELECT 'user mapping', m.srvname || ' for ' || m.usename, NULL
FROM pg_user_mappings AS m
WHERE :'names' = '{}'
UNION ALL
SELECT 'subscription', s.subname, NULL
FROM pg_subscription AS s
JOIN pg_database AS d ON d.oid = s.subdbid
WHERE :'names' = '{}'
  AND d.datname = current_database()
