// Command promql tells what expressions of PromQL select, by the parser of Prometheus itself.
//
// It reads a JSON list of expressions from standard input and writes a JSON list of the same length to standard output.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

type (
	// selector is a metric, and the values that its labels must equal.
	selector struct {
		Metric string
		Labels map[string]string
	}
	// answer has the selectors of one expression, and the labels by which its operators group or match. Error is why it
	// does not parse.
	answer struct {
		Selectors []selector
		Groups    []string
		Error     string
	}
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "promql:", err)
		os.Exit(1)
	}
}

func run() error {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		return err
	}
	answers := make([]answer, 0, len(texts))
	for _, text := range texts {
		answers = append(answers, ask(text))
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

func ask(text string) answer {
	found := answer{Selectors: []selector{}, Groups: []string{}}
	expression, err := parser.NewParser(parser.Options{}).ParseExpr(text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	parser.Inspect(expression, func(node parser.Node, _ []parser.Node) error {
		switch node := node.(type) {
		case *parser.VectorSelector:
			found.Selectors = append(found.Selectors, selected(node))
		case *parser.AggregateExpr:
			found.Groups = append(found.Groups, node.Grouping...)
		case *parser.BinaryExpr:
			if node.VectorMatching != nil {
				found.Groups = append(found.Groups, node.VectorMatching.MatchingLabels...)
			}
		}
		return nil
	})
	return found
}

func selected(node *parser.VectorSelector) selector {
	found := selector{Metric: node.Name, Labels: map[string]string{}}
	for _, matcher := range node.LabelMatchers {
		if matcher.Type == labels.MatchEqual && matcher.Name != labels.MetricName {
			found.Labels[matcher.Name] = matcher.Value
		}
	}
	return found
}
