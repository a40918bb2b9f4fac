-- Modify "s" sequence
ALTER SEQUENCE "s" NO MAXVALUE;
