atlas {
  cloud {
    url   = getenv("REGISTRY")
    token = "canary-file"
  }
}
env "local" {
}
