package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"ariga.io/atlas/atlasexec"
)

type (
	// clientCall is one call of a method of the Go client, which runs a binary and decodes its answer.
	clientCall struct {
		Binary      string            // of Atlas
		Directory   string            // to run in
		Environment map[string]string // all of it
		Method      string            // "SchemaApply", or any other that takes a context and perhaps parameters
		Params      json.RawMessage   // of the method
		Vars        atlasexec.Vars2   // for the field Vars of the parameters, an interface
	}
	// clientAnswer is what the client made of the binary's answer.
	clientAnswer struct {
		Result any    // as the client has decoded it; none if there was an error
		Error  string // text of the error
		Type   string // Go type of the error
		Failed any    // results that an error carries
	}
)

func callClient(in io.Reader) (any, error) {
	call, err := request[clientCall](in)
	if err != nil {
		return nil, err
	}
	client, err := atlasexec.NewClient(call.Directory, call.Binary)
	if err != nil {
		return nil, err
	}
	if err := client.SetEnv(call.Environment); err != nil {
		return nil, err
	}
	method := reflect.ValueOf(client).MethodByName(call.Method)
	if !method.IsValid() {
		return nil, fmt.Errorf("the client has no method %q", call.Method)
	}
	arguments := []reflect.Value{reflect.ValueOf(context.Background())}
	if method.Type().NumIn() > 1 {
		params := reflect.New(method.Type().In(1).Elem())
		if err := json.Unmarshal(call.Params, params.Interface()); err != nil {
			return nil, err
		}
		if len(call.Vars) > 0 {
			params.Elem().FieldByName("Vars").Set(reflect.ValueOf(call.Vars))
		}
		arguments = append(arguments, params)
	}
	return answered(method.Call(arguments)), nil
}

// answered is the answer of a method that returns an error, or a result and an error.
func answered(returned []reflect.Value) clientAnswer {
	failure, _ := returned[len(returned)-1].Interface().(error)
	if failure == nil {
		if len(returned) == 1 {
			return clientAnswer{}
		}
		return clientAnswer{Result: returned[0].Interface()}
	}
	answer := clientAnswer{Error: failure.Error(), Type: fmt.Sprintf("%T", failure)}
	var schema *atlasexec.SchemaApplyError
	var migrate *atlasexec.MigrateApplyError
	switch {
	case errors.As(failure, &schema):
		answer.Failed = schema.Result
	case errors.As(failure, &migrate):
		answer.Failed = migrate.Result
	}
	return answer
}
