-- Drop trigger "tr"
DROP TRIGGER `tr`;
-- Create trigger "tr"
CREATE TRIGGER tr AFTER INSERT ON users WHEN new.id > 10 BEGIN INSERT INTO log VALUES (1); END;
