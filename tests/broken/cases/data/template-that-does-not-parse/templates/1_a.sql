INSERT INTO a VALUES ({{ .Seed );
