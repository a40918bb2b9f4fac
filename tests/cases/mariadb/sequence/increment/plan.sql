-- Modify "s" sequence
ALTER SEQUENCE `s` INCREMENT BY 10;
