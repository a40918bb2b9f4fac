-- Columns of tables and views and fields of composite types. Schemas are a list of oids.
SELECT a.attrelid AS relation,
       a.attnum AS number,
       a.attname AS name,
       format_type(a.atttypid, a.atttypmod) AS type,
       a.attnotnull AS not_null,
       pg_get_expr(ad.adbin, ad.adrelid) AS expr,
       t.typdefaultbin IS NOT NULL AS type_has_default,
       ad.oid AS default_oid,
       NULLIF(a.attgenerated, '') AS generated,
       NULLIF(a.attidentity, '') AS identity,
       CASE WHEN a.attcollation <> t.typcollation THEN
           CASE WHEN co.collnamespace = 'pg_catalog'::regnamespace
                THEN co.collname::text
                ELSE format('"%s".%I', replace(cn.nspname, '"', '""'), co.collname)
           END
       END AS collation,
       a.attinhcount > 0 AND NOT a.attislocal AS inherited,
       d.description AS comment,
       NULLIF(a.attstattarget, -1) AS statistics,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END AS storage,
       NULLIF(a.attcompression, '') AS compression,
       a.attoptions AS options
FROM pg_class AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef AS ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum AND a.atthasdef
LEFT JOIN pg_collation AS co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_namespace AS cn ON cn.oid = co.collnamespace
LEFT JOIN pg_description AS d
       ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
WHERE c.relnamespace = ANY (:'schemas'::oid[])
  AND c.relkind IN ('r', 'p', 'v', 'm', 'c')
  AND a.attnum > 0
  AND NOT a.attisdropped
