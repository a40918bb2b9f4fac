-- What needs what, as addresses of catalog, object and column. Left out are the server's own objects (below 16384),
-- parts that are kept with their whole (i), and the schema of an object, which its name says.
SELECT concat_ws(':', d.classid, d.objid, d.objsubid) AS dependent,
       concat_ws(':', d.refclassid, d.refobjid, d.refobjsubid) AS needed,
       d.deptype = 'e' AS is_member
FROM pg_depend AS d
WHERE d.objid >= 16384
  AND d.refobjid >= 16384
  AND d.deptype <> 'i'
  AND d.refclassid <> 'pg_namespace'::regclass
