-- Create "w" view
CREATE VIEW `w` AS SELECT what FROM log;
-- Create trigger "v_insert"
CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN INSERT INTO log VALUES (new.name); END;
