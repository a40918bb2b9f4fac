-- Modify "s" sequence
ALTER SEQUENCE "s" AS bigint;
