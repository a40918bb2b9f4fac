CREATE TABLE "We""ird t" (id integer, "c a" text);
