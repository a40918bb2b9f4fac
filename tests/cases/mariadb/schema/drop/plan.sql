-- Drop schema named "shop_a"
DROP DATABASE `shop_a`;
