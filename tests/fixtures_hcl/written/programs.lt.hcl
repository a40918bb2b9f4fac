schema "main" {}
table "users" {
  schema = schema.main
  column "id" { type = int }
  column "name" {
    type = text
    null = true
  }
}
table "log" {
  schema = schema.main
  column "what" { type = text }
}
view "named" {
  schema = schema.main
  column "id" { type = int }
  as         = "SELECT id FROM users WHERE name IS NOT NULL"
  depends_on = [table.users]
}
trigger "logged" {
  on = table.users
  after {
    update_of = [table.users.column.name]
  }
  for = ROW
  as  = <<-SQL
  BEGIN
    INSERT INTO log VALUES ('renamed');
  END
  SQL
}
