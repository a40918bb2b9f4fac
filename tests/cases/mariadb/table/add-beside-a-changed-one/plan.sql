-- Create "c" table
CREATE TABLE `c` (
  `id` int NOT NULL,
  `p` int NULL,
  PRIMARY KEY (`id`),
  INDEX `cp` (`p`),
  CONSTRAINT `cp` FOREIGN KEY (`p`) REFERENCES `p` (`id`) ON UPDATE RESTRICT ON DELETE RESTRICT
);
-- Modify "p" table
ALTER TABLE `p` COMMENT "c", MODIFY COLUMN `n` bigint NULL;
