-- Create index "t_n" to table: "t"
CREATE INDEX "t_n" ON "t" ("n");
