package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	luajson "layeh.com/gopher-json"
)

// Argo CD takes any other word for Unknown.
var words = []string{"Unknown", "Progressing", "Suspended", "Healthy", "Degraded", "Missing"}

// health runs a script where Argo CD runs those of its users: with the base and table libraries and no others, one
// second long. What it returns is read through the same JSON encoder.
func health(object *unstructured.Unstructured, script string) (verdict, error) {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, open := range map[string]lua.LGFunction{
		lua.LoadLibName: lua.OpenPackage,
		lua.BaseLibName: lua.OpenBase,
		lua.TabLibName:  lua.OpenTable,
	} {
		if err := state.CallByParam(lua.P{Fn: state.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			return verdict{}, err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	state.SetContext(ctx)
	state.SetGlobal("obj", luaValue(state, object.Object))
	if err := state.DoString(script); err != nil {
		return verdict{}, err
	}
	text, err := luajson.Encode(state.Get(-1))
	if err != nil {
		return verdict{}, err
	}
	var found verdict
	if err := json.Unmarshal(text, &found); err != nil {
		return verdict{}, err
	}
	if !slices.Contains(words, found.Status) {
		return verdict{}, fmt.Errorf("the script returned %s", text)
	}
	return found, nil
}

// luaValue is a decoded JSON value as a script sees it; whole numbers are numbers there.
func luaValue(state *lua.LState, value any) lua.LValue {
	switch given := value.(type) {
	case bool:
		return lua.LBool(given)
	case int64:
		return lua.LNumber(given)
	case float64:
		return lua.LNumber(given)
	case string:
		return lua.LString(given)
	case []any:
		table := state.CreateTable(len(given), 0)
		for _, one := range given {
			table.Append(luaValue(state, one))
		}
		return table
	case map[string]any:
		table := state.CreateTable(0, len(given))
		for key, one := range given {
			table.RawSetString(key, luaValue(state, one))
		}
		return table
	}
	return lua.LNil
}
