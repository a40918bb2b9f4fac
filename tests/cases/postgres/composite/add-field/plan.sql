-- Modify composite type "pos"
ALTER TYPE "pos" ADD ATTRIBUTE "y" integer;
