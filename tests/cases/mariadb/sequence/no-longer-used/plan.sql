-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `id` bigint NOT NULL;
-- Drop "s" sequence
DROP SEQUENCE `s`;
