data "hcl_schema" "users" {
  path = "users.hcl"
}
data "composite_schema" "app" {
  schema "users" {
    url = data.hcl_schema.users.url
  }
  schema "billing" {
    url = "file://billing.sql"
  }
}
env "local" {
  src = data.composite_schema.app.url
}
