CREATE TABLE tenants (name text);
