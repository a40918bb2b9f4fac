-- Set comment to table: "T t"
COMMENT ON TABLE "T t" IS 'tree';
-- Create "V ""v""" view
CREATE VIEW "V ""v""" ("id", "Depth") AS WITH RECURSIVE "V ""v"""(id, "Depth") AS (
         SELECT "T t".id,
            0 AS "?column?"
           FROM "T t"
          WHERE ("T t"."Parent" IS NULL)
        UNION ALL
         SELECT t.id,
            (v."Depth" + 1)
           FROM ("T t" t
             JOIN "V ""v""" v ON ((t."Parent" = v.id)))
        )
 SELECT "V ""v""".id,
    "V ""v"""."Depth"
   FROM "V ""v""";
