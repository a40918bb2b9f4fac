data "hcl_schema" "app" {
  paths = ["a.hcl", "b.hcl"]
  vars = {
    tenant = "acme"
  }
}
env "local" {
  schema {
    src = data.hcl_schema.app.url
  }
}
