-- Functions of shared libraries; they belong to no schema.
SELECT name FROM mysql.func
