-- Create "v" view
CREATE VIEW `v` AS SELECT name FROM users WHERE id > 0;
