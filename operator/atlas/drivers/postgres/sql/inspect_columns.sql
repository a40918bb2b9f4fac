-- Columns of tables and views and fields of composite types. Schemas are a list of oids.
-- Most columns have nothing to tell under "more": it is NULL there, since thousands of NULLs take time, too.
SELECT a.attrelid AS relation,
       a.attnum AS number,
       a.attname AS name,
       format_type(a.atttypid, a.atttypmod) AS type,
       a.attnotnull AS not_null,
       CASE WHEN a.atthasdef
              OR a.attidentity <> ''
              OR a.attcollation <> t.typcollation
              OR a.attinhcount > 0
              OR d.description IS NOT NULL
              OR NULLIF(a.attstattarget, -1) IS NOT NULL
              OR a.attstorage <> t.typstorage
              OR a.attcompression <> ''
              OR a.attoptions IS NOT NULL
       THEN json_build_object(
           'expr', (
               SELECT pg_get_expr(ad.adbin, ad.adrelid) FROM pg_attrdef AS ad
               WHERE a.atthasdef AND ad.adrelid = a.attrelid AND ad.adnum = a.attnum
           ),
           'type_has_default', t.typdefaultbin IS NOT NULL,
           'default_oid', (
               SELECT ad.oid FROM pg_attrdef AS ad
               WHERE a.atthasdef AND ad.adrelid = a.attrelid AND ad.adnum = a.attnum
           ),
           'generated', NULLIF(a.attgenerated, ''),
           'identity', NULLIF(a.attidentity, ''),
           'collation', CASE WHEN a.attcollation <> t.typcollation THEN (
               SELECT CASE WHEN co.collnamespace = 'pg_catalog'::regnamespace
                           THEN co.collname::text
                           ELSE format('"%s".%I', replace(cn.nspname, '"', '""'), co.collname)
                      END
               FROM pg_collation AS co
               LEFT JOIN pg_namespace AS cn ON cn.oid = co.collnamespace
               WHERE co.oid = a.attcollation
           ) END,
           'inherited', a.attinhcount > 0 AND NOT a.attislocal,
           'comment', d.description,
           'statistics', NULLIF(a.attstattarget, -1),
           'storage', CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
           'compression', NULLIF(a.attcompression, ''),
           'options', a.attoptions
       ) END AS more
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_description AS d
       ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
WHERE c.relnamespace = ANY (:'schemas'::oid[])
  AND c.relkind IN ('r', 'p', 'v', 'm', 'c')
  AND a.attnum > 0
  AND NOT a.attisdropped
