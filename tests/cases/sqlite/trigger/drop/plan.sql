-- Drop trigger "tr"
DROP TRIGGER `tr`;
