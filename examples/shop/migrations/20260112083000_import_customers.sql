-- The 1,000 customers of the old shop. A run that is cut short and taken up again must still count 1,000.
INSERT INTO customers (id, email, full_name, country)
WITH RECURSIVE imported (id) AS (
  SELECT 1
  UNION ALL
  SELECT id + 1 FROM imported WHERE id < 1000
)
SELECT
  id,
  replace('customer-#@shop.example', '#', CAST(id AS char(4))),
  CASE id % 5
    WHEN 0 THEN 'Ada Moreau'
    WHEN 1 THEN 'Brook Lindqvist'
    WHEN 2 THEN 'Chidi Okafor'
    WHEN 3 THEN 'Dana Petrov'
    ELSE 'Emi Tanaka'
  END,
  CASE id % 4
    WHEN 0 THEN 'DE'
    WHEN 1 THEN 'FR'
    WHEN 2 THEN 'JP'
    ELSE 'US'
  END
FROM imported;
