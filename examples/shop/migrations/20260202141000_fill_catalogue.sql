INSERT INTO categories (id, title) VALUES
  (1, 'Kitchen'),
  (2, 'Stationery'),
  (3, 'Garden');

INSERT INTO products (id, sku, title, price_cents, category_id) VALUES
  (1, 'KIT-MUG-01', 'Enamel mug', 1200, 1),
  (2, 'KIT-KNF-01', 'Bread knife; serrated', 3400, 1),
  (3, 'KIT-BRD-01', 'Chopping board', 2650, 1),
  (4, 'STA-NTB-01', 'Notebook, dotted', 980, 2),
  (5, 'STA-PEN-01', 'Fountain pen', 4500, 2),
  (6, 'STA-INK-01', 'Ink, "midnight"', 1150, 2),
  (7, 'GAR-TRW-01', 'Hand trowel', 1890, 3),
  (8, 'GAR-GLV-01', 'Gardener''s gloves', 1490, 3);
