data "external" "url" {
  program = ["ecko", "sqlite://app?mode=memory", "--password=canary-argument"]
}
env "local" {
  url = trimsuffix(trimspace(data.external.url), " --password=canary-argument")
}
