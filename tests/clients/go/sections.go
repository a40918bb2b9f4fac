package main

import (
	"io"

	"golang.org/x/tools/txtar"
)

type section struct {
	Name    []byte             `json:"name"`
	Content []byte             `json:"content"`
	Scanned map[string]scanned `json:"scanned"`
}

// sectionsOfFiles answers a list of files with the sections that the txtar module finds in each, and with what the
// scanners make of them.
func sectionsOfFiles(in io.Reader) (any, error) {
	files, err := request[[][]byte](in)
	if err != nil {
		return nil, err
	}
	answers := make([][]section, len(files))
	for i, content := range files {
		answers[i] = []section{}
		for _, f := range txtar.Parse(content).Files {
			answers[i] = append(answers[i], section{[]byte(f.Name), f.Data, scanAll(string(f.Data))})
		}
	}
	return answers, nil
}
