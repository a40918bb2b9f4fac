-- Create "t" table
CREATE TABLE `t` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
);
-- Create "total" function
CREATE AGGREGATE FUNCTION `total` (`x` int) RETURNS int begin
  declare s int default 0;
  declare continue handler for not found return s;
  loop
    fetch group next row;
    set s = s + x;
  end loop;
end;
