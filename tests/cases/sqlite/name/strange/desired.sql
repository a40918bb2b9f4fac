CREATE TABLE "weird `name" ("a b" int NOT NULL DEFAULT 5, "select" text, [x.y] text, 'q' int, "größe" double precision, CONSTRAINT "c k" CHECK ("a b" > 0));
CREATE INDEX "the ""index" ON "weird `name" ("a b", "select" DESC);
