-- Add column "age" to table: "users"
ALTER TABLE `users` ADD COLUMN `age` int NULL CONSTRAINT `adult` CHECK (age >= 18 AND name <> '');
