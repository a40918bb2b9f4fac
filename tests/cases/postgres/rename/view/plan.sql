-- Rename a view from "v" to "u"
ALTER VIEW "v" RENAME TO "u";
