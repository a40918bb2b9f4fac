-- Modify "s" sequence
ALTER SEQUENCE "s" OWNED BY "t"."id";
