CREATE TABLE a (x int, y real DEFAULT 1.5, z int GENERATED ALWAYS AS (x * 2) VIRTUAL);
CREATE TABLE b (x int, y blob DEFAULT x'00');
