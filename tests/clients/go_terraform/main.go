// Command terraform does to the binary what the Terraform provider "atlas" does to it, with the SDK that the provider
// is built on: it writes an atlas.hcl into a folder of its own, and calls the SDK in the provider's order. Terraform
// itself, its state and its plans, is played by who asks.
//
// Every sub-command reads one JSON request from standard input and writes one JSON answer to standard output.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"ariga.io/atlas-go-sdk/atlasexec"
)

type (
	// request is one step of Terraform on one resource or data source.
	request struct {
		Provider  provider
		Migration *migration
		Schema    *schema
		Call      *call
	}
	// answer is what Terraform would show and store.
	answer struct {
		Calls    []string // of the SDK, in order
		Warnings []string
		Error    string
		Removed  bool // the resource is no more
		Version  string
		Status   *status
		HCL      string
		SQL      []string // that the plan shows
		Plan     *atlasexec.SchemaPlanFile
	}
	// step does its work and writes into the answer; an error ends the step as an error of Terraform.
	step func(context.Context, *request, *answer) error
)

var steps = map[string]step{
	"methods":             listMethods,
	"call":                callMethod,
	"configure":           configure,
	"migration-data":      readMigrationData,
	"migration-plan":      planMigration,
	"migration-apply":     applyMigration,
	"migration-read":      readMigration,
	"schema-data":         normalizeSchema,
	"schema-plan":         planSchema,
	"schema-apply":        applySchema,
	"schema-read":         readSchema,
	"schema-destroy-plan": planDestroy,
	"schema-destroy":      destroySchema,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "terraform:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 || steps[args[0]] == nil {
		return fmt.Errorf("usage: terraform STEP < request.json, with one of %d steps", len(steps))
	}
	asked := &request{}
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(asked); err != nil {
		return err
	}
	given := &answer{Calls: []string{}, Warnings: []string{}, SQL: []string{}}
	if err := steps[args[0]](context.Background(), asked, given); err != nil {
		given.Error = err.Error()
	}
	return json.NewEncoder(os.Stdout).Encode(given)
}
