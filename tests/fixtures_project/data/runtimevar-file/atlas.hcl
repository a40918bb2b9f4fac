data "runtimevar" "password" {
  url = "file:///${getenv("HOME")}/password?decoder=string"
}
env "local" {
  url = "postgres://app:${urlescape(trimspace(data.runtimevar.password))}@db/app"
}
