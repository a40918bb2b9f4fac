-- Create "k" table
CREATE TABLE `k` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
);
-- Create "e" event
CREATE EVENT `e` ON SCHEDULE EVERY 2 HOUR ON COMPLETION NOT PRESERVE ENABLE DO delete from t;
