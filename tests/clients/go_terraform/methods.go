package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"ariga.io/atlas-go-sdk/atlasexec"
)

// call is one call of any method of the SDK, for comparing its command lines with those of the newer module.
type call struct {
	Method string
	Params json.RawMessage
}

// listMethods answers with the methods of the SDK that run a command.
func listMethods(_ context.Context, _ *request, a *answer) error {
	client := reflect.TypeFor[*atlasexec.Client]()
	for i := range client.NumMethod() {
		m := client.Method(i)
		if m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[context.Context]() {
			a.Calls = append(a.Calls, m.Name)
		}
	}
	return nil
}

func callMethod(ctx context.Context, r *request, a *answer) error {
	client, err := r.Provider.clientIn("")
	if err != nil {
		return err
	}
	method := reflect.ValueOf(client).MethodByName(r.Call.Method)
	if !method.IsValid() {
		return fmt.Errorf("the client has no method %q", r.Call.Method)
	}
	arguments := []reflect.Value{reflect.ValueOf(ctx)}
	if method.Type().NumIn() > 1 {
		params := reflect.New(method.Type().In(1).Elem())
		decoder := json.NewDecoder(bytes.NewReader(r.Call.Params))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(params.Interface()); err != nil {
			return err
		}
		arguments = append(arguments, params)
	}
	method.Call(arguments) // what comes of it is of no interest: the command is none of Atlas
	return nil
}
