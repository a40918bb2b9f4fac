CREATE TABLE "T t" (id integer, "Parent" integer);
COMMENT ON TABLE "T t" IS 'tree';
CREATE RECURSIVE VIEW "V ""v""" (id, "Depth") AS SELECT id, 0 FROM "T t" WHERE "Parent" IS NULL UNION ALL SELECT t.id, v."Depth" + 1 FROM "T t" t JOIN "V ""v""" v ON t."Parent" = v.id;
