create table t (id int primary key comment 'it''s "quoted" and \\ slashed', b int, c int comment 'new');
