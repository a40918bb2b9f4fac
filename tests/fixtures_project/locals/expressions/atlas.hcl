locals {
  list = [{ n = "a", v = 1 }, { n = "b", v = 2 }]
}
env "local" {
  sum     = 1 + 2 * 3 - 4 / 2
  modulo  = 7 % 4
  compare = 1 < 2 && !(3 <= 2) || false
  choice  = length(local.list) > 1 ? "many" : "one"
  splat   = local.list[*].n
  index   = local.list[1].v
  grouped = { for item in local.list : (item.v > 0 ? "pos" : "neg") => item.n... }
  text    = "%{if true}yes%{else}no%{endif} %{for n in ["x", "y"]}<${n}>%{endfor}"
  escaped = "$${not} %%{a}"
  spread  = max([1, 5, 3]...)
  heredoc = <<-EOT
    one
      two ${1 + 1}
  EOT
}
