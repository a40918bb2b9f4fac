// Command gitops says of an object what GitOps tools would: the health that Argo CD's script gives it, and the status
// that kstatus computes for Flux and Helm 4. Of a HelmRelease it says whether Flux knows all of its fields,
// and of any object what Flux makes of variables in it.
//
// The sub-commands read a JSON list from standard input and write a JSON list of the same length to standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

type (
	// question is an object as the API server gives it; for health with the script to ask, for substitute with a tag.
	question struct {
		Object json.RawMessage
		Script string
	}
	// verdict has the words of the tool; Error is why it could not say.
	verdict struct {
		Status  string
		Message string
		Error   string
	}
	// judge answers one question.
	judge func(*unstructured.Unstructured, string) (verdict, error)
)

var judges = map[string]judge{
	"health":      health,
	"kstatus":     kstatus,
	"helmrelease": helmRelease,
	"substitute":  substitute,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gitops:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 || judges[args[0]] == nil {
		return fmt.Errorf("usage: gitops health|kstatus|helmrelease|substitute, not %q", args)
	}
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		return err
	}
	verdicts := make([]verdict, 0, len(questions))
	for _, asked := range questions {
		verdicts = append(verdicts, answer(judges[args[0]], asked))
	}
	return json.NewEncoder(os.Stdout).Encode(verdicts)
}

func answer(judge judge, asked question) verdict {
	// As their clients decode: whole numbers become int64, which kstatus asks for.
	var object unstructured.Unstructured
	if err := object.UnmarshalJSON(asked.Object); err != nil {
		return verdict{Error: err.Error()}
	}
	found, err := judge(&object, asked.Script)
	if err != nil {
		return verdict{Error: err.Error()}
	}
	return found
}

func kstatus(object *unstructured.Unstructured, _ string) (verdict, error) {
	found, err := status.Compute(object)
	if err != nil {
		return verdict{}, err
	}
	return verdict{Status: found.Status.String(), Message: found.Message}, nil
}
