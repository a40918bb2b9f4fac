env "local" {
  url = "sqlite://app?mode=memory"
}
variables "x" {
  default = "canary-default"
}
