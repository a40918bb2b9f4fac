table "users" {
  schema = schema.public
  column "id" { type = int }
  column "name" {
    type = text
    null = true
  }
  column "active" { type = bool }
}
view "active_users" {
  schema = schema.public
  column "id" { type = int }
  column "name" {
    type = text
    null = true
  }
  as = <<-SQL
  SELECT id, name FROM users WHERE active
  SQL
  depends_on   = [table.users]
  check_option = CASCADED
  comment      = "those who are here"
}
view "names" {
  schema     = schema.public
  as         = "SELECT name FROM active_users"
  depends_on = [view.active_users]
}
materialized "counts" {
  schema = schema.public
  column "name" { type = text }
  column "n" { type = bigint }
  as         = "SELECT name, count(*) AS n FROM users GROUP BY name"
  depends_on = [table.users]
  index "counts_name" {
    unique  = true
    columns = [column.name]
  }
}
schema "public" {}
