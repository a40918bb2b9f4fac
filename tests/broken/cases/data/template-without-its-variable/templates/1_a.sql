INSERT INTO a VALUES ({{ .Seed }}, 'canary-template');
