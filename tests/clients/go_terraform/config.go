package main

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"ariga.io/atlas-go-sdk/atlasexec"
)

type (
	// config is an atlas.hcl with one env block.
	config struct {
		Config  string // what the user has beside the env block
		Vars    atlasexec.Vars2
		Cloud   *cloud
		EnvName string

		URL, DevURL, Source string
		Repo                string // of the schema
		Schemas, Exclude    []string
		Migration           *migrationBlock
		Data                *remoteDir // read by a data source, as older providers do
		Diff                *diff
		Review              string
	}
	migrationBlock struct {
		DirURL, Baseline, ExecOrder, RevisionsSchema, Repo string
	}
	// diff is the block of that name: attributes of its two blocks.
	diff struct {
		ConcurrentIndex, Skip map[string]bool
	}
)

// The attributes and blocks that the provider writes, in a file of our own.
const atlasHCL = `{{ .Config }}
{{- with .Cloud }}{{ if .URL }}
atlas {
  cloud {
    token = {{ quote .Token }}
    url   = {{ quote .URL }}
    {{- with .Project }}
    project = {{ quote . }}
    {{- end }}
  }
}
{{- end }}{{ end }}
{{- if .Data }}
data "remote_dir" "this" {
  name = {{ quote .Data.Name }}
  {{- with .Data.Tag }}
  tag = {{ quote . }}
  {{- end }}
}
env {
  name = atlas.env
{{- else }}
env {{ quote .EnvName }} {
{{- end }}
  {{- with .URL }}
  url = {{ quote . }}
  {{- end }}
  {{- with .DevURL }}
  dev = {{ quote . }}
  {{- end }}
  {{- if and .Source .Repo }}
  schema {
    src = {{ quote .Source }}
    repo {
      name = {{ quote .Repo }}
    }
  }
  {{- else if .Source }}
  src = {{ quote .Source }}
  {{- end }}
  {{- with .Schemas }}
  schemas = {{ list . }}
  {{- end }}
  {{- with .Exclude }}
  exclude = {{ list . }}
  {{- end }}
  {{- with .Migration }}
  migration {
    dir = {{ if $.Data }}data.remote_dir.this.url{{ else }}{{ quote .DirURL }}{{ end }}
    {{- with .Baseline }}
    baseline = {{ quote . }}
    {{- end }}
    {{- with .ExecOrder }}
    exec_order = {{ ident . }}
    {{- end }}
    {{- with .RevisionsSchema }}
    revisions_schema = {{ quote . }}
    {{- end }}
    {{- with .Repo }}
    repo {
      name = {{ quote . }}
    }
    {{- end }}
  }
  {{- end }}
  {{- with .Diff }}
  diff {
    {{- with .ConcurrentIndex }}
    concurrent_index {
{{ flags . }}    }
    {{- end }}
    {{- with .Skip }}
    skip {
{{ flags . }}    }
    {{- end }}
  }
  {{- end }}
  {{- with .Review }}
  lint {
    review = {{ quote . }}
  }
  {{- end }}
}
`

var file = template.Must(template.New("atlas.hcl").Funcs(template.FuncMap{
	"quote": quote, "list": list, "ident": ident, "flags": flags,
}).Parse(atlasHCL))

func (c *config) render(w io.Writer) error {
	return file.Execute(w, c)
}

// quote is a string of HCL: a template is none of what the provider writes.
func quote(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}

func list(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// ident is the bare word of a choice: LINEAR_SKIP of linear-skip.
func ident(choice string) string {
	return strings.ToUpper(strings.ReplaceAll(choice, "-", "_"))
}

func flags(values map[string]bool) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(values)) {
		text.WriteString("      " + name + " = " + strconv.FormatBool(values[name]) + "\n")
	}
	return text.String()
}
