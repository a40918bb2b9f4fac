locals {
  a = local.b
  b = local.a
}
env "local" {
  url = local.a
}
