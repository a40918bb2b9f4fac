create table a (id int) engine MyISAM; create table m (id int) engine=MRG_MyISAM union=(a);
