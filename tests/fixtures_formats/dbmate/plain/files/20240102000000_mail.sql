-- migrate:up
ALTER TABLE users ADD COLUMN mail varchar(50);

-- migrate:down
ALTER TABLE users DROP COLUMN mail;
