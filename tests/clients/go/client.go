package main

import (
	"bytes"
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
		Writer      bool              // whether the field Writer of the parameters is set
	}
	// clientAnswer is what the client made of the binary's answer.
	clientAnswer struct {
		Result any    // as the client has decoded it; none if there was an error
		Error  string // text of the error
		Type   string // Go type of the error
		Code   int    // exit code, where the error has one
		Failed any    // results that an error carries
		// What the command printed, by the writers that a program may set.
		Stdout, Stderr, Written string
	}
	// clientMethod is a method of the client.
	clientMethod struct {
		Name string
		Runs bool // a command
	}
)

var (
	aContext = reflect.TypeFor[context.Context]()
	aClient  = reflect.TypeFor[*atlasexec.Client]()
)

// listMethods answers anything with the methods that the client has.
func listMethods(io.Reader) (any, error) {
	methods := make([]clientMethod, aClient.NumMethod())
	for i := range methods {
		m := aClient.Method(i)
		methods[i] = clientMethod{Name: m.Name, Runs: m.Type.NumIn() > 1 && m.Type.In(1) == aContext}
	}
	return methods, nil
}

func callClient(in io.Reader) (any, error) {
	call, err := request[clientCall](in)
	if err != nil {
		return nil, err
	}
	client, err := atlasexec.NewClient("", call.Binary)
	if err != nil {
		return nil, err
	}
	if err := client.SetEnv(call.Environment); err != nil {
		return nil, err
	}
	var stdout, stderr, written bytes.Buffer
	client.SetStdout(&stdout)
	client.SetStderr(&stderr)
	var answer clientAnswer
	err = client.WithWorkDir(call.Directory, func(client *atlasexec.Client) error {
		answer, err = call.on(client, &written)
		return err
	})
	answer.Stdout, answer.Stderr, answer.Written = stdout.String(), stderr.String(), written.String()
	return answer, err
}

func (c *clientCall) on(client *atlasexec.Client, written io.Writer) (clientAnswer, error) {
	method := reflect.ValueOf(client).MethodByName(c.Method)
	if !method.IsValid() {
		return clientAnswer{}, fmt.Errorf("the client has no method %q", c.Method)
	}
	arguments := []reflect.Value{reflect.ValueOf(context.Background())}
	if method.Type().NumIn() > 1 {
		params := reflect.New(method.Type().In(1).Elem())
		decoder := json.NewDecoder(bytes.NewReader(c.Params))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(params.Interface()); err != nil {
			return clientAnswer{}, err
		}
		if len(c.Vars) > 0 {
			params.Elem().FieldByName("Vars").Set(reflect.ValueOf(c.Vars))
		}
		if c.Writer {
			params.Elem().FieldByName("Writer").Set(reflect.ValueOf(written))
		}
		arguments = append(arguments, params)
	}
	return answered(method.Call(arguments)), nil
}

// answered is the answer of a method that returns an error, or a result and an error.
func answered(returned []reflect.Value) clientAnswer {
	failure, _ := returned[len(returned)-1].Interface().(error)
	if failure != nil {
		return failed(failure)
	}
	if len(returned) == 1 {
		return clientAnswer{}
	}
	stream, ok := returned[0].Interface().(atlasexec.Stream[*atlasexec.CopilotMessage])
	if !ok {
		return clientAnswer{Result: returned[0].Interface()}
	}
	messages := []*atlasexec.CopilotMessage{}
	for stream.Next() {
		message, err := stream.Current()
		if err != nil {
			return failed(err)
		}
		messages = append(messages, message)
	}
	if err := stream.Err(); err != nil {
		return failed(err)
	}
	return clientAnswer{Result: messages}
}

func failed(failure error) clientAnswer {
	answer := clientAnswer{Error: failure.Error(), Type: fmt.Sprintf("%T", failure)}
	var plain *atlasexec.Error
	var schema *atlasexec.SchemaApplyError
	var migrate *atlasexec.MigrateApplyError
	switch {
	case errors.As(failure, &plain):
		answer.Code = plain.ExitCode()
	case errors.As(failure, &schema):
		answer.Failed = schema.Result
	case errors.As(failure, &migrate):
		answer.Failed = migrate.Result
	}
	return answer
}
