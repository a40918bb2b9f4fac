package main

import (
	"errors"
	"fmt"
	"io"

	"ariga.io/atlas/sql/migrate"
)

type (
	directory struct {
		Sum       []byte   `json:"sum"`
		Validate  string   `json:"validate"`
		Detail    string   `json:"detail"`
		Archive   []byte   `json:"archive"`
		Files     []file   `json:"files"`
		FromCheck []string `json:"from_last_checkpoint"`
	}

	file struct {
		Name        string              `json:"name"`
		Version     string              `json:"version"`
		Description string              `json:"description"`
		Checkpoint  bool                `json:"checkpoint"`
		Tag         string              `json:"tag"`
		Directives  map[string][][]byte `json:"directives"`
		Scanned     map[string]scanned  `json:"scanned"`
		Hashes      map[string][]string `json:"hashes"`
		// Marked is the content with the directive "checkpoint v1" added.
		Marked []byte `json:"marked"`
	}
)

// describeDirectories answers a list of paths with everything the Go tools say of each directory.
func describeDirectories(in io.Reader) (any, error) {
	paths, err := request[[]string](in)
	if err != nil {
		return nil, err
	}
	all := make([]*directory, len(paths))
	for i, path := range paths {
		if all[i], err = describe(path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return all, nil
}

func describe(path string) (*directory, error) {
	dir, err := migrate.NewLocalDir(path)
	if err != nil {
		return nil, err
	}
	sum, err := dir.Checksum()
	if err != nil {
		return nil, err
	}
	d := &directory{}
	if d.Sum, err = sum.MarshalText(); err != nil {
		return nil, err
	}
	if d.Archive, err = migrate.ArchiveDir(dir); err != nil {
		return nil, err
	}
	d.Validate, d.Detail = validate(dir)
	files, err := dir.Files()
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		d.Files = append(d.Files, describeFile(dir, f.(*migrate.LocalFile)))
	}
	fromCheck, err := migrate.FilesFromLastCheckpoint(dir)
	d.FromCheck = names(fromCheck)
	return d, err
}

// validate returns the error, and the line that the command line prints for it.
func validate(dir migrate.Dir) (message, detail string) {
	err := migrate.Validate(dir)
	if err == nil {
		return "", ""
	}
	var mismatch *migrate.ChecksumError
	if errors.As(err, &mismatch) {
		detail = fmt.Sprintf("L%d: %s was %s", mismatch.Line, mismatch.File, mismatch.Reason)
	}
	return err.Error(), detail
}

func describeFile(dir migrate.Dir, f *migrate.LocalFile) file {
	described := file{
		Name:        f.Name(),
		Version:     f.Version(),
		Description: f.Desc(),
		Checkpoint:  f.IsCheckpoint(),
		Directives:  make(map[string][][]byte),
		Scanned:     scanAll(string(f.Bytes())),
		Hashes:      make(map[string][]string),
	}
	if described.Checkpoint {
		described.Tag, _ = f.CheckpointTag()
	}
	for _, name := range []string{"checkpoint", "txmode", "nolint", "delimiter", "sum"} {
		described.Directives[name] = asBytes(f.Directive(name))
	}
	for dialect := range scanners {
		described.Hashes[dialect] = partialHashes(dir, f, dialect)
	}
	marked := migrate.NewLocalFile(f.Name(), f.Bytes())
	marked.AddDirective("checkpoint", "v1")
	described.Marked = marked.Bytes()
	return described
}

func names(files []migrate.File) []string {
	all := make([]string, len(files))
	for i, f := range files {
		all[i] = f.Name()
	}
	return all
}
