-- Rename a trigger from "tr" to "before_insert"
ALTER TRIGGER "tr" ON "t" RENAME TO "before_insert";
-- Rename a policy from "p" to "positive"
ALTER POLICY "p" ON "t" RENAME TO "positive";
