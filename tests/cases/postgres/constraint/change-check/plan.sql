-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "n_positive", ADD CONSTRAINT "n_positive" CHECK (n >= 0);
