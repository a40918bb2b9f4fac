create sequence s; create table t (id bigint primary key default nextval(s));
