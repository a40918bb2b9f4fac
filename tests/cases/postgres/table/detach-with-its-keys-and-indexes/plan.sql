-- Detach partition "p1" from table: "p"
ALTER TABLE "p" DETACH PARTITION "p1";
