atlas {
  cloud {
    token = "canary-first"
  }
}
atlas {
  cloud {
    token = "canary-second"
  }
}
env "local" {
  url = "sqlite://app?mode=memory"
}
