begin transaction;
CREATE TABLE b (id integer);
end;
