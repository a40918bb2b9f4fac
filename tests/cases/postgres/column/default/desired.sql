CREATE TABLE users (id integer, email text DEFAULT 'it''s');
