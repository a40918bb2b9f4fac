package main

import (
	"fmt"
	"io"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/sqltool"
)

type (
	toolDirectory struct {
		Tool string `json:"tool"`
		Path string `json:"path"`
	}

	toolFile struct {
		Name        string   `json:"name"`
		Version     string   `json:"version"`
		Description string   `json:"description"`
		Statements  [][]byte `json:"statements"`
		Error       string   `json:"error"`
	}

	toolAnswer struct {
		Sum   []byte     `json:"sum"`
		Files []toolFile `json:"files"`
	}

	toolPlan struct {
		Tool    string `json:"tool"`
		Name    string `json:"name"`
		Changes []struct {
			Cmd, Comment string
			Reverse      []string
		} `json:"changes"`
	}
)

// readTools answers a list of directories of other tools with their sums, files and statements.
func readTools(in io.Reader) (any, error) {
	asked, err := request[[]toolDirectory](in)
	if err != nil {
		return nil, err
	}
	all := make([]toolAnswer, len(asked))
	for i, each := range asked {
		dir, err := openTool(each)
		if err != nil {
			return nil, err
		}
		if all[i], err = answerOf(dir); err != nil {
			return nil, fmt.Errorf("%s: %w", each.Path, err)
		}
	}
	return all, nil
}

func openTool(asked toolDirectory) (migrate.Dir, error) {
	switch asked.Tool {
	case "golang-migrate":
		return sqltool.NewGolangMigrateDir(asked.Path)
	case "goose":
		return sqltool.NewGooseDir(asked.Path)
	case "flyway":
		return sqltool.NewFlywayDir(asked.Path)
	case "liquibase":
		return sqltool.NewLiquibaseDir(asked.Path)
	case "dbmate":
		return sqltool.NewDBMateDir(asked.Path)
	}
	return nil, fmt.Errorf("unknown tool %q", asked.Tool)
}

func answerOf(dir migrate.Dir) (toolAnswer, error) {
	sum, err := dir.Checksum()
	if err != nil {
		return toolAnswer{}, err
	}
	text, err := sum.MarshalText()
	if err != nil {
		return toolAnswer{}, err
	}
	files, err := dir.Files()
	if err != nil {
		return toolAnswer{}, err
	}
	answer := toolAnswer{Sum: text, Files: make([]toolFile, len(files))}
	for i, f := range files {
		answer.Files[i] = toolFile{Name: f.Name(), Version: f.Version(), Description: f.Desc()}
		statements, err := f.Stmts()
		if err != nil {
			answer.Files[i].Error = err.Error()
			continue
		}
		answer.Files[i].Statements = asBytes(statements)
	}
	return answer, nil
}

// writeTool answers a plan with the files that it makes, by name; versions are of now.
func writeTool(in io.Reader) (any, error) {
	asked, err := request[toolPlan](in)
	if err != nil {
		return nil, err
	}
	formatter := map[string]migrate.Formatter{
		"golang-migrate": sqltool.GolangMigrateFormatter,
		"goose":          sqltool.GooseFormatter,
		"flyway":         sqltool.FlywayFormatter,
		"liquibase":      sqltool.LiquibaseFormatter,
		"dbmate":         sqltool.DBMateFormatter,
	}[asked.Tool]
	plan := &migrate.Plan{Name: asked.Name}
	for _, c := range asked.Changes {
		change := &migrate.Change{Cmd: c.Cmd, Comment: c.Comment}
		if len(c.Reverse) > 0 {
			change.Reverse = c.Reverse
		}
		plan.Changes = append(plan.Changes, change)
	}
	files, err := formatter.Format(plan)
	if err != nil {
		return nil, err
	}
	answer := make([][2]string, len(files))
	for i, f := range files {
		answer[i] = [2]string{f.Name(), string(f.Bytes())}
	}
	return answer, nil
}
