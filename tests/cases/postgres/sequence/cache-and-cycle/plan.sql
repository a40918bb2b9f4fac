-- Modify "s" sequence
ALTER SEQUENCE "s" CACHE 20 CYCLE;
