ALTER TABLE users ADD COLUMN mail varchar(50);
UPDATE users SET mail = 'ada@example' WHERE id = 1