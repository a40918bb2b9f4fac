-- Modify "s" sequence
ALTER SEQUENCE "s" SET LOGGED;
