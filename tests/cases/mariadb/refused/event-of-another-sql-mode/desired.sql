create table t (id int primary key, a int, key ka (a)); set sql_mode = 'NO_BACKSLASH_ESCAPES'; create event e on schedule every 1 day do set @x = 'a\b';
