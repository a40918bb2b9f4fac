// Command interchange answers questions about migration directories with the Go tools' own code,
// so that tests can compare. Every sub-command reads one JSON request from standard input and writes
// one JSON answer to standard output; bytes travel as base64, which is how encoding/json spells []byte.
//
// A new sub-command is a function in a file of its own and a line in the table below.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// command reads its request from in and returns the answer to print.
type command func(in io.Reader) (any, error)

var commands = map[string]command{
	"scan":      scanTexts,
	"directory": describeDirectories,
	"pending":   pendingFiles,
	"apply":     applyFiles,
	"revisions": readRevisions,
	"client":    callClient,
	"evaluate":  evaluateTexts,
	"methods":   listMethods,
	"tools":     readTools,
	"plan":      writeTool,
	"sections":  sectionsOfFiles,
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "interchange:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 || commands[args[0]] == nil {
		return fmt.Errorf("usage: interchange COMMAND < request.json, with one of %d commands", len(commands))
	}
	answer, err := commands[args[0]](os.Stdin)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(answer)
}

// request decodes standard input into a T.
func request[T any](in io.Reader) (T, error) {
	var value T
	err := json.NewDecoder(in).Decode(&value)
	return value, err
}
