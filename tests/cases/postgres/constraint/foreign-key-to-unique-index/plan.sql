-- Create index "p_code" to table: "p"
CREATE UNIQUE INDEX "p_code" ON "p" ("code");
-- Modify "c" table
ALTER TABLE "c" ADD CONSTRAINT "c_p" FOREIGN KEY ("p_code") REFERENCES "p" ("code") ON UPDATE NO ACTION ON DELETE NO ACTION;
