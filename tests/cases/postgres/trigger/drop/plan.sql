-- Drop trigger "tr" from table: "t"
DROP TRIGGER "tr" ON "t";
