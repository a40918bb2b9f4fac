-- Drop trigger "tr"
DROP TRIGGER `tr`;
-- Create trigger "tr"
CREATE TRIGGER tr AFTER UPDATE OF name, id ON users BEGIN INSERT INTO log VALUES (1); END;
