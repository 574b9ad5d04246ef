// Command mutate changes the source files of a module, one small thing at a time, and asks the tests of the file's own package
// whether they notice. It prints one line `mutant {…}` for each. Nothing is written into the module: go test reads each mutant through an
// overlay.
//
// Usage, in the module's folder: mutate COUNT PATH…
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"sync"
	"time"
)

const (
	parallel = 2
	timeout  = 90 * time.Second
)

// change replaces the bytes from..to of a file.
type change struct {
	Operator string
	from, to int
	with     string
}

type verdict struct {
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Operator string `json:"change"`
	Was      string `json:"was"`
	Became   string `json:"became"`
	Killed   bool   `json:"killed"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 {
		return errors.New("use: mutate COUNT PATH…")
	}
	count, err := strconv.Atoi(args[0])
	if err != nil {
		return fmt.Errorf("COUNT: %w", err)
	}
	var lock sync.Mutex
	var group sync.WaitGroup
	failed := make(chan error, len(args))
	slots := make(chan struct{}, parallel)
	for _, path := range args[1:] {
		group.Add(1)
		go func() {
			defer group.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			verdicts, err := judge(path, count)
			lock.Lock()
			defer lock.Unlock()
			for _, v := range verdicts {
				err = errors.Join(err, say(v))
			}
			failed <- err
		}()
	}
	group.Wait()
	close(failed)
	for problem := range failed {
		err = errors.Join(err, problem)
	}
	return err
}

func say(v verdict) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("mutant %s\n", line)
	return err
}

// judge tries mutants of one file, spread over it, until count of them compiled.
func judge(path string, count int) ([]verdict, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	changes, err := changesOf(path, source)
	if err != nil {
		return nil, err
	}
	var verdicts []verdict
	for _, c := range spread(changes) {
		if len(verdicts) == count {
			break
		}
		outcome, err := try(path, source, c)
		if err != nil {
			return verdicts, err
		}
		if outcome == "invalid" {
			continue
		}
		line := 1 + bytes.Count(source[:c.from], []byte("\n"))
		verdicts = append(verdicts, verdict{path, line, c.Operator, string(source[c.from:c.to]), c.with, outcome == "killed"})
	}
	return verdicts, nil
}

// spread orders changes so that every beginning of the list reaches over the whole file: halves, quarters, eighths.
func spread(changes []change) []change {
	ordered, taken := make([]change, 0, len(changes)), make([]bool, len(changes))
	for parts := 2; len(ordered) < len(changes); parts *= 2 {
		for part := 1; part < parts; part++ {
			if at := len(changes) * part / parts; !taken[at] {
				taken[at] = true
				ordered = append(ordered, changes[at])
			}
		}
		if parts > 4*len(changes) {
			for at, done := range taken {
				if !done {
					ordered = append(ordered, changes[at])
				}
			}
			break
		}
	}
	return ordered
}

func changesOf(path string, source []byte) ([]change, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	at := func(pos token.Pos) int { return files.Position(pos).Offset }
	var changes []change
	add := func(operator string, from, to token.Pos, with string) {
		changes = append(changes, change{operator, at(from), at(to), with})
	}
	for _, declared := range file.Decls {
		if function, ok := declared.(*ast.FuncDecl); ok && function.Body != nil {
			ast.Inspect(function.Body, func(node ast.Node) bool { return mutate(node, add) })
		}
	}
	sort.SliceStable(changes, func(i, j int) bool { return changes[i].from < changes[j].from })
	return changes, nil
}

var exchanged = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+", token.MUL: "/", token.QUO: "*",
}

type adder func(operator string, from, to token.Pos, with string)

func mutate(node ast.Node, add adder) bool {
	switch n := node.(type) {
	case *ast.BinaryExpr:
		if with, known := exchanged[n.Op]; known {
			add("operator", n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), with)
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			add("negation", n.OpPos, n.OpPos+1, "")
		}
	case *ast.BasicLit:
		literal(n, add)
	case *ast.Ident:
		if n.Name == "true" || n.Name == "false" {
			add("boolean", n.Pos(), n.End(), strconv.FormatBool(n.Name == "false"))
		}
	case *ast.ExprStmt:
		if _, isCall := n.X.(*ast.CallExpr); isCall {
			add("call left out", n.Pos(), n.End(), "")
		}
	case *ast.ReturnStmt:
		failure(n, add)
	case *ast.SelectorExpr:
		status(n, add)
	}
	return true
}

func literal(n *ast.BasicLit, add adder) {
	switch n.Kind {
	case token.INT:
		add("number", n.Pos(), n.End(), n.Value+"+1")
	case token.STRING:
		add("text", n.Pos(), n.End(), `"mutated"`)
	}
}

// failure swallows an error that is returned last.
func failure(n *ast.ReturnStmt, add adder) {
	if len(n.Results) == 0 {
		return
	}
	last := n.Results[len(n.Results)-1]
	if name, ok := last.(*ast.Ident); ok && name.Name == "err" {
		add("error swallowed", last.Pos(), last.End(), "nil")
	}
}

var statuses = map[string]string{
	"StatusOK": "StatusAccepted", "StatusCreated": "StatusOK", "StatusNoContent": "StatusOK",
	"Conflict": "Invalid", "Stale": "Conflict", "Invalid": "Malformed", "NotFound": "Stale",
}

func status(n *ast.SelectorExpr, add adder) {
	if with, known := statuses[n.Sel.Name]; known {
		add("outcome", n.Sel.Pos(), n.Sel.End(), with)
	}
}

// try runs the tests of the file's package with the change in place.
func try(path string, source []byte, c change) (string, error) {
	folder, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	mutant := filepath.Join(folder, "mutant.go")
	changed := append(append(append([]byte{}, source[:c.from]...), c.with...), source[c.to:]...)
	if err := os.WriteFile(mutant, changed, 0o600); err != nil {
		return "", err
	}
	real, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{real: mutant}})
	if err != nil {
		return "", err
	}
	description := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(description, overlay, 0o600); err != nil {
		return "", err
	}
	return test(filepath.Dir(path), description)
}

func test(folder, overlay string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	command := exec.CommandContext(ctx, "go", "test", "-vet=off", "-failfast", "-timeout=60s", "-overlay="+overlay, "./"+folder)
	output, err := command.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "survived", nil
	case bytes.Contains(output, []byte("[build failed]")), bytes.Contains(output, []byte("[setup failed]")):
		return "invalid", nil
	case errors.As(err, &exit):
		return "killed", nil
	}
	return "", err
}
