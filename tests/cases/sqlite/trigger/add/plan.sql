-- Create trigger "tr"
CREATE TRIGGER tr AFTER INSERT ON users BEGIN INSERT INTO log VALUES ('new; ' || new.name); END;
