-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ex", ADD CONSTRAINT "ex" EXCLUDE USING gist ("r" WITH &&) INCLUDE ("n") WITH (fillfactor = 80);
