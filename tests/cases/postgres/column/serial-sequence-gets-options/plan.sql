-- Modify "t_id_seq" sequence
ALTER SEQUENCE "t_id_seq" INCREMENT BY 10;
