-- Create "p" table
CREATE TABLE "p" (
  "id" integer NOT NULL,
  "at" date NOT NULL DEFAULT CURRENT_DATE,
  PRIMARY KEY ("id", "at"),
  CONSTRAINT "ck" CHECK (id > 0)
) PARTITION BY RANGE ("at");
-- Create index "p_at" to table: "p"
CREATE INDEX "p_at" ON "p" ("at");
-- Set comment to index: "p_at" on table: "p"
COMMENT ON INDEX "p_at" IS 'by day';
-- Create "p_2020" table
CREATE TABLE "p_2020" PARTITION OF "p" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- Create "p_rest" table
CREATE TABLE "p_rest" PARTITION OF "p" DEFAULT;
-- Create "c" table
CREATE TABLE "c" (
  "id" integer NULL,
  "at" date NULL,
  CONSTRAINT "c_p" FOREIGN KEY ("id", "at") REFERENCES "p" ("id", "at") ON UPDATE NO ACTION ON DELETE NO ACTION
);
