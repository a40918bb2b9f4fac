delimiter '$$'
SELECT ';'; SELECT 1$$
Delimiter ';'
SELECT 2;