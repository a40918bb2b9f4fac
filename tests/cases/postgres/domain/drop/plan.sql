-- Drop domain type "d"
DROP DOMAIN "d";
