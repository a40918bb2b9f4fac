data "external" "config" {
  program = ["cat", "config.json"]
}
locals {
  config = jsondecode(data.external.config)
}
env "local" {
  url = local.config.url
}
