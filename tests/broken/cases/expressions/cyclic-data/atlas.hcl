data "runtimevar" "a" {
  url = "constant://?val=${data.runtimevar.b}"
}
data "runtimevar" "b" {
  url = "constant://?val=${data.runtimevar.a}"
}
env "local" {
  url      = "sqlite://app?mode=memory"
  password = data.runtimevar.a
}
