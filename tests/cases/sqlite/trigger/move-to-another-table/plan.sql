-- Drop trigger "tr"
DROP TRIGGER `tr`;
-- Create trigger "tr"
CREATE TRIGGER tr AFTER INSERT ON log BEGIN DELETE FROM users; END;
