CREATE TABLE "weird `name" ("a b" int, "select" text, [x.y] text, 'q' int);
CREATE INDEX "the ""index" ON "weird `name" ("a b");
