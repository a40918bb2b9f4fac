-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id") WITH (security_barrier = true, security_invoker = true) AS SELECT t.id
   FROM t;
