-- Modify "s" sequence
ALTER SEQUENCE `s` CACHE 1000;
