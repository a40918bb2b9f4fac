locals {
  a       = "${local.b}!"
  unused  = local.missing
  numbers = [for n in [3, 1, 2] : n * 2 if n > 1]
}
locals {
  b = "b"
  m = { for k, v in { x = 1, y = 2 } : upper(k) => v }
}
env "local" {
  a       = local.a
  numbers = local.numbers
  m       = local.m
}
