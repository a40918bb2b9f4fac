-- Create "audit" table
CREATE TABLE `audit` (
  `at` text NULL DEFAULT CURRENT_TIMESTAMP,
  `what` text NULL
);
-- Create "recent" view
CREATE VIEW `recent` AS SELECT * FROM audit ORDER BY at DESC LIMIT 10;
-- Create trigger "users_audit"
CREATE TRIGGER users_audit AFTER DELETE ON users BEGIN INSERT INTO audit (what) VALUES (old.name); END;
