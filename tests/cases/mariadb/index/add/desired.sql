create table t (id int primary key, a int, b varchar(50), c text, key ka (a desc, b(10)) comment 'it''s', fulltext key ft (c));
