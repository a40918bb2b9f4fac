data "runtimevar" {
  url = "constant://?val=canary-label"
}
env "local" {
  url = "sqlite://app?mode=memory"
}
