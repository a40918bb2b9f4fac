-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "n_positive" CHECK (n > 0);
