-- atlas:rename table "users" "accounts"
-- atlas:rename column "users"."name" "full_name"
CREATE TABLE accounts (id integer, full_name text NOT NULL);
