CREATE TABLE "T t" (id integer, "Parent" integer);
