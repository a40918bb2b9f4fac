-- Create "pets" table
CREATE TABLE `pets` (
  `id` integer NULL,
  PRIMARY KEY (`id`)
);
