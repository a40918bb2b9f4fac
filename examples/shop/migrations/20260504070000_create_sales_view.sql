CREATE VIEW sales_by_category AS
SELECT
  categories.title AS category,
  count(*) AS order_lines,
  sum(order_lines.quantity * order_lines.price_cents) AS revenue_cents
FROM order_lines
JOIN products ON products.id = order_lines.product_id
JOIN categories ON categories.id = products.category_id
GROUP BY categories.title;
