-- Functions, procedures and aggregates. Schemas are a list of oids.
SELECT p.oid,
       p.pronamespace AS namespace,
       p.proname AS name,
       p.prokind AS kind,
       ARRAY(
           SELECT format_type(arg.type, NULL)
           FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS arg (type, position)
           ORDER BY arg.position
       ) AS identity,
       (
           SELECT json_agg(
               json_build_object(
                   'type', format_type(arg.type, NULL),
                   'name', p.proargnames[arg.position],
                   'mode', COALESCE(p.proargmodes[arg.position], 'i'),
                   'default', pg_get_function_arg_default(p.oid, arg.position::int)
               )
               ORDER BY arg.position
           )
           FROM unnest(COALESCE(p.proallargtypes, p.proargtypes::oid[]))
                WITH ORDINALITY AS arg (type, position)
       ) AS arguments,
       pg_get_function_arguments(p.oid) AS printed_arguments,
       pg_get_function_result(p.oid) AS returns,
       p.proretset AS returns_set,
       l.lanname AS language,
       p.prosrc AS source,
       p.probin AS object_file,
       pg_get_function_sqlbody(p.oid) AS sql_body,
       p.provolatile AS volatility,
       p.proisstrict AS strict,
       p.proleakproof AS leakproof,
       p.prosecdef AS security_definer,
       p.proparallel AS parallel,
       p.procost AS cost,
       p.prorows AS rows,
       NULLIF(p.prosupport, 0)::regproc::text AS support,
       p.proconfig AS config,
       ARRAY(SELECT format_type(t, NULL) FROM unnest(p.protrftypes) AS t) AS transforms,
       d.description AS comment,
       CASE WHEN p.prokind = 'a' THEN (
           SELECT json_build_object(
               'kind', a.aggkind,
               'state_function', a.aggtransfn::text,
               'state_type', format_type(a.aggtranstype, NULL),
               'SSPACE', NULLIF(a.aggtransspace, 0),
               'FINALFUNC', NULLIF(a.aggfinalfn, 0)::regproc::text,
               'FINALFUNC_EXTRA', NULLIF(a.aggfinalextra, FALSE),
               'FINALFUNC_MODIFY', a.aggfinalmodify,
               'COMBINEFUNC', NULLIF(a.aggcombinefn, 0)::regproc::text,
               'SERIALFUNC', NULLIF(a.aggserialfn, 0)::regproc::text,
               'DESERIALFUNC', NULLIF(a.aggdeserialfn, 0)::regproc::text,
               'INITCOND', a.agginitval,
               'MSFUNC', NULLIF(a.aggmtransfn, 0)::regproc::text,
               'MINVFUNC', NULLIF(a.aggminvtransfn, 0)::regproc::text,
               'MSTYPE', CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END,
               'MSSPACE', NULLIF(a.aggmtransspace, 0),
               'MFINALFUNC', NULLIF(a.aggmfinalfn, 0)::regproc::text,
               'MFINALFUNC_EXTRA', NULLIF(a.aggmfinalextra, FALSE),
               'MFINALFUNC_MODIFY', a.aggmfinalmodify,
               'MINITCOND', a.aggminitval,
               'SORTOP', (
                   SELECT 'OPERATOR(' || o.oprnamespace::regnamespace || '.' || o.oprname || ')'
                   FROM pg_operator AS o
                   WHERE o.oid = a.aggsortop
               )
           )
           FROM pg_aggregate AS a
           WHERE a.aggfnoid = p.oid
       ) END AS aggregate
FROM pg_proc AS p
JOIN pg_language AS l ON l.oid = p.prolang
LEFT JOIN pg_description AS d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid AND d.objsubid = 0
WHERE p.pronamespace = ANY (:'schemas'::oid[])
  AND NOT EXISTS (
      SELECT FROM pg_depend AS e
      WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e'
  )
  -- The constructors that come with a range type.
  AND NOT EXISTS (
      SELECT FROM pg_depend AS i
      WHERE i.classid = 'pg_proc'::regclass
        AND i.objid = p.oid
        AND i.deptype = 'i'
        AND i.refclassid = 'pg_type'::regclass
  )
