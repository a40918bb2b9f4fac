-- What needs what. Objects below 16384 are the server's own; schema public is the one of them that matters.
SELECT d.classid::int8 AS class,
       d.objid AS object,
       d.objsubid AS sub,
       d.refclassid::int8 AS ref_class,
       d.refobjid AS ref_object,
       d.refobjsubid AS ref_sub,
       d.deptype AS type
FROM pg_depend AS d
WHERE d.objid >= 16384
  AND (d.refobjid >= 16384 OR d.refclassid = 'pg_namespace'::regclass)
