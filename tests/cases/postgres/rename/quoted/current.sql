CREATE TABLE "Old ""T" (id integer, "C c" integer CONSTRAINT "k k" CHECK ("C c" > 0));
