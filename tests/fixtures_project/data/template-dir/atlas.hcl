variable "schema" {
  type    = string
  default = "tenant_1"
}
data "template_dir" "migrations" {
  path = "templates"
  vars = {
    Schema = var.schema
    Wide   = true
  }
}
env "local" {
  migration {
    dir = data.template_dir.migrations.url
  }
}
