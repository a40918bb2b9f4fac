// Renders cases read from standard input with the real text/template.
//
// Input and output are JSON arrays: {"template", "data"} in, {"text"} or {"error"} out.
// An object becomes a struct with the fields in the order of the document, {"$map": {…}} a map,
// null a nil pointer, a number with a point or an exponent a float64.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"text/template"
)

type (
	testCase struct {
		Template string          `json:"template"`
		Data     json.RawMessage `json:"data"`
	}
	result struct {
		Text  string `json:"text"`
		Error string `json:"error,omitempty"`
	}
)

var functions = template.FuncMap{
	"add":          func(a, b int) int { return a + b },
	"base64url":    func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) },
	"cyan":         fmt.Sprintf,
	"green":        fmt.Sprintf,
	"indent_ln":    func(s string, n int) string { return strings.ReplaceAll(s, "\n", "\n"+strings.Repeat(" ", n)) },
	"json":         encode,
	"json_merge":   merge,
	"lower":        strings.ToLower,
	"red":          fmt.Sprintf,
	"redBgWhiteFg": fmt.Sprint,
	"upper":        strings.ToUpper,
	"yellow":       fmt.Sprintf,
}

func encode(v any, spacing ...string) (string, error) {
	var (
		b   []byte
		err error
	)
	switch len(spacing) {
	case 0:
		b, err = json.Marshal(v)
	case 1:
		b, err = json.MarshalIndent(v, "", spacing[0])
	default:
		b, err = json.MarshalIndent(v, spacing[0], spacing[1])
	}
	return string(b), err
}

func merge(documents ...string) (string, error) {
	merged := make(map[string]any)
	for _, d := range documents {
		if err := json.Unmarshal([]byte(d), &merged); err != nil {
			return "", fmt.Errorf("json_merge: %w", err)
		}
	}
	return encode(merged)
}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	results := make([]result, len(cases))
	for i, c := range cases {
		text, err := render(c)
		results[i].Text = text
		if err != nil {
			results[i] = result{Error: err.Error()}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func render(c testCase) (string, error) {
	t, err := template.New("format").Funcs(functions).Parse(c.Template)
	if err != nil {
		return "", err
	}
	d := json.NewDecoder(bytes.NewReader(c.Data))
	d.UseNumber()
	data, err := decode(d)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	err = t.Execute(&out, data)
	return out.String(), err
}

func decode(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch v := token.(type) {
	case json.Delim:
		if v == '[' {
			return decodeList(d)
		}
		return decodeObject(d)
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return v.Float64()
		}
		n, err := v.Int64()
		return int(n), err
	case nil:
		return (*string)(nil), nil
	default:
		return v, nil
	}
}

func decodeList(d *json.Decoder) (any, error) {
	list := []any{}
	for d.More() {
		item, err := decode(d)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	_, err := d.Token()
	return list, err
}

func decodeObject(d *json.Decoder) (any, error) {
	var (
		fields []reflect.StructField
		values []any
	)
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name := key.(string)
		if name == "$map" {
			m, err := decodeMap(d)
			if err != nil {
				return nil, err
			}
			_, err = d.Token()
			return m, err
		}
		value, err := decode(d)
		if err != nil {
			return nil, err
		}
		fields = append(fields, reflect.StructField{Name: name, Type: reflect.TypeOf(value)})
		values = append(values, value)
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	v := reflect.New(reflect.StructOf(fields)).Elem()
	for i := range values {
		v.Field(i).Set(reflect.ValueOf(values[i]))
	}
	return v.Interface(), nil
}

func decodeMap(d *json.Decoder) (any, error) {
	m := make(map[string]any)
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		if m[key.(string)], err = decode(d); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return m, err
}
