CREATE TABLE t (a int CHECK (a IN (1, 2, (3))), b text DEFAULT (';'));
SELECT (';)');
a (;);b;
