CREATE VIEW b_view AS SELECT * FROM a_view;
