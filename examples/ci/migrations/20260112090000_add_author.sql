ALTER TABLE notes ADD COLUMN author varchar(100);
UPDATE notes SET author = 'nobody';
