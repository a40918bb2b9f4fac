-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "no_overlap" EXCLUDE USING gist ("r" WITH &&);
