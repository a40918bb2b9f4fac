-- Drop trigger "tr"
DROP TRIGGER `tr`;
-- Create trigger "tr"
CREATE TRIGGER tr AFTER INSERT ON users BEGIN DELETE FROM log; INSERT INTO log VALUES (new.id); END;
