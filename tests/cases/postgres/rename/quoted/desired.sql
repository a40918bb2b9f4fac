CREATE TABLE "New T" (id integer, "d" integer CONSTRAINT "k k" CHECK ("d" > 0), e text NOT NULL DEFAULT 1);
