package main

import (
	"fmt"
	"io"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/mysql"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/sqlite"
)

type (
	scanner func(string) ([]*migrate.Stmt, error)

	// statement is a migrate.Stmt whose bytes survive JSON.
	statement struct {
		Position int      `json:"position"`
		Text     []byte   `json:"text"`
		Comments [][]byte `json:"comments"`
		// NoLint holds the values of the statement's atlas:nolint directives.
		NoLint [][]byte `json:"nolint"`
	}

	scanned struct {
		Statements []statement `json:"statements"`
		Error      string      `json:"error"`
	}
)

// scanners holds what each driver does with a file, by the word for its dialect.
var scanners = map[string]scanner{
	"postgres": new(postgres.Driver).ScanStmts,
	"mysql":    new(mysql.Driver).ScanStmts,
	"sqlite":   new(sqlite.Driver).ScanStmts,
	"default":  migrate.Stmts,
}

// scanTexts answers a list of texts with a list of {dialect: statements}.
func scanTexts(in io.Reader) (any, error) {
	texts, err := request[[][]byte](in)
	if err != nil {
		return nil, err
	}
	answers := make([]map[string]scanned, len(texts))
	for i, text := range texts {
		answers[i] = scanAll(string(text))
	}
	return answers, nil
}

func scanAll(text string) map[string]scanned {
	all := make(map[string]scanned, len(scanners))
	for dialect, scan := range scanners {
		all[dialect] = scanOne(scan, text)
	}
	return all
}

func scanOne(scan scanner, text string) (result scanned) {
	defer func() {
		if p := recover(); p != nil {
			result = scanned{Error: fmt.Sprint("panic: ", p)}
		}
	}()
	stmts, err := scan(text)
	if err != nil {
		return scanned{Error: err.Error()}
	}
	result.Statements = make([]statement, len(stmts))
	for i, s := range stmts {
		result.Statements[i] = statement{
			Position: s.Pos,
			Text:     []byte(s.Text),
			Comments: asBytes(s.Comments),
			NoLint:   asBytes(s.Directive("nolint")),
		}
	}
	return result
}

func asBytes(texts []string) [][]byte {
	all := make([][]byte, len(texts))
	for i, text := range texts {
		all[i] = []byte(text)
	}
	return all
}
