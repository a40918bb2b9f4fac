table "users" {
  schema = schema.public
  column "id" { type = int }
  column "name" { type = text }
}
table "audit" {
  schema = schema.public
  column "at" { type = timestamptz }
}
function "audit_users" {
  schema = schema.public
  lang   = PLpgSQL
  return = trigger
  as     = <<-SQL
  BEGIN
    INSERT INTO audit VALUES (now());
    RETURN NEW;
  END;
  SQL
}
trigger "after_change" {
  on = table.users
  after {
    insert    = true
    update_of = [table.users.column.name]
  }
  foreach = ROW
  execute {
    function = function.audit_users
  }
}
trigger "when_named" {
  on = table.users
  before {
    update = true
  }
  for  = ROW
  when = "(OLD.* IS DISTINCT FROM NEW.*)"
  execute {
    function = function.audit_users
    args     = ["a", "b"]
  }
}
schema "public" {}
