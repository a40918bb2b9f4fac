data "runtimevar" "password" {
  url = "const://?val=canary-store"
}
env "local" {
  url      = "sqlite://app?mode=memory"
  password = data.runtimevar.password
}
