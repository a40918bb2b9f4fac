data "hcl_schema" "app" {
  path = "schema.hcl"
}
env "local" {
  dev = "sqlite://dev?mode=memory"
  src = data.hcl_schema.app.url
}
