-- Drop "t" view
DROP VIEW `t`;
-- Create "t" table
CREATE TABLE `t` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
);
