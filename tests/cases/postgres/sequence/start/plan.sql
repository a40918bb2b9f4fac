-- Modify "s" sequence
ALTER SEQUENCE "s" START WITH 100;
