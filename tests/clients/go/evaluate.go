package main

import (
	"encoding/json"
	"fmt"
	"io"

	"ariga.io/atlas/schemahcl"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

type (
	// document has one attribute, whose value is asked for.
	document struct {
		schemahcl.DefaultExtension
	}

	// evaluation is a text of HCL with an attribute "value", what is passed for its variables, and the folder
	// that its paths are relative to.
	evaluation struct {
		Text      string                     `json:"text"`
		Folder    string                     `json:"folder"`
		Variables map[string]json.RawMessage `json:"variables"`
	}

	evaluated struct {
		// Value is JSON in a string, so that no digit of a number gets lost on its way.
		Value string `json:"value"`
		Error string `json:"error"`
	}
)

// functions are those of files, and more of the standard library that schemahcl is built on: it serves them nowhere,
// and we do.
func functions(folder string) map[string]function.Function {
	return map[string]function.Function{
		"coalesce": stdlib.CoalesceFunc,
		"lookup":   stdlib.LookupFunc,
		"file":     schemahcl.MakeFileFunc(folder),
		"fileset":  schemahcl.MakeFileSetFunc(folder),
		"glob":     schemahcl.MakeGlobFunc(folder),
	}
}

// evaluateTexts answers a list of texts with the value of the attribute "value" of each.
func evaluateTexts(in io.Reader) (any, error) {
	asked, err := request[[]evaluation](in)
	if err != nil {
		return nil, err
	}
	answers := make([]evaluated, len(asked))
	for i, one := range asked {
		answers[i] = evaluateText(one)
	}
	return answers, nil
}

func evaluateText(asked evaluation) (answer evaluated) {
	defer func() {
		if raised := recover(); raised != nil {
			answer = evaluated{Error: fmt.Sprintf("panic: %v", raised)}
		}
	}()
	variables := make(map[string]cty.Value)
	for name, raw := range asked.Variables {
		kind, err := ctyjson.ImpliedType(raw)
		if err != nil {
			return evaluated{Error: err.Error()}
		}
		if variables[name], err = ctyjson.Unmarshal(raw, kind); err != nil {
			return evaluated{Error: err.Error()}
		}
	}
	state := schemahcl.New(schemahcl.WithFunctions(functions(asked.Folder)))
	var found document
	if err := state.EvalBytes([]byte(asked.Text), &found, variables); err != nil {
		return evaluated{Error: err.Error()}
	}
	attribute, ok := found.Attr("value")
	if !ok {
		return evaluated{Error: "there is no attribute \"value\""}
	}
	value, err := ctyjson.Marshal(attribute.V, attribute.V.Type())
	if err != nil {
		return evaluated{Error: err.Error()}
	}
	return evaluated{Value: string(value)}
}
