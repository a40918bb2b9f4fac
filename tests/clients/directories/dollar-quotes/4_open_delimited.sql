-- atlas:delimiter //
SELECT $$ never //closed//