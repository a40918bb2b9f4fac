-- Users and roles; a role of MariaDB has no host.
SELECT User, Host
FROM mysql.user
