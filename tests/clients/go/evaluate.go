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

	// evaluation is a text of HCL with an attribute "value", and what is passed for its variables.
	evaluation struct {
		Text      string                     `json:"text"`
		Variables map[string]json.RawMessage `json:"variables"`
	}

	evaluated struct {
		// Value is JSON in a string, so that no digit of a number gets lost on its way.
		Value string `json:"value"`
		Error string `json:"error"`
	}
)

// More functions of the standard library that schemahcl is built on: it serves them nowhere, and we do.
var additional = map[string]function.Function{
	"coalesce": stdlib.CoalesceFunc,
	"lookup":   stdlib.LookupFunc,
}

// evaluateTexts answers a list of texts with the value of the attribute "value" of each.
func evaluateTexts(in io.Reader) (any, error) {
	asked, err := request[[]evaluation](in)
	if err != nil {
		return nil, err
	}
	state := schemahcl.New(schemahcl.WithFunctions(additional))
	answers := make([]evaluated, len(asked))
	for i, one := range asked {
		answers[i] = evaluateText(state, one)
	}
	return answers, nil
}

func evaluateText(state *schemahcl.State, asked evaluation) (answer evaluated) {
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
