-- What of a session decides how its catalogs and statements read.
SELECT @@sql_mode, CURRENT_USER(), @@default_storage_engine
