data "runtime_var" "password" {
  url = "constant://?val=canary-kind"
}
env "local" {
  url      = "sqlite://app?mode=memory"
  password = data.runtime_var.password
}
