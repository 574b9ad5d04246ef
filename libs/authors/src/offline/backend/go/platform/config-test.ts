import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const CONFIG_TEST: PlatformFile = {
  path: 'internal/platform/config/config_test.go',
  source: go`
package config

import (
	"errors"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"
)

func from(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, there := variables[name]
		return value, there
	}
}

func TestLoadReadsEverything(t *testing.T) {
	got, err := Load(from(map[string]string{
		"DATABASE_URL":    "postgres://u@h/d",
		"API_TOKENS":      "a, b,",
		"API_READ_TOKENS": "c",
		"CORS_ORIGINS":    "https://one.example, https://two.example",
		"HOST":            "0.0.0.0",
		"PORT":            "9000",
		"LOG_LEVEL":       "debug",
	}))
	want := Config{
		Address:         "0.0.0.0:9000",
		DatabaseURL:     "postgres://u@h/d",
		MaxConns:        10,
		Tokens:          []string{"a", "b"},
		ReadTokens:      []string{"c"},
		Origins:         []string{"https://one.example", "https://two.example"},
		LogLevel:        slog.LevelDebug,
		RequestTimeout:  10 * time.Second,
		ShutdownTimeout: 20 * time.Second,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the settings are %+v, %v", got, err)
	}
}

func TestLoadHasDefaults(t *testing.T) {
	got, err := Load(from(map[string]string{"DATABASE_URL": "postgresql://u@h/d", "API_TOKENS": "a", "HOST": ""}))
	if err != nil || got.Address != "127.0.0.1:8000" || got.LogLevel != slog.LevelInfo || got.Origins != nil {
		t.Errorf("the settings are %+v, %v", got, err)
	}
}

func TestLoadTellsWhatIsMissingAndWhatIsWrong(t *testing.T) {
	_, err := Load(from(map[string]string{"DATABASE_URL": "sqlite:///a.db", "PORT": "70000", "LOG_LEVEL": "loud"}))
	if !errors.Is(err, errNoDatabase) || !errors.Is(err, errNoTokens) {
		t.Errorf("told was %v", err)
	}
	for _, word := range []string{"70000", "loud"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q is not told: %v", word, err)
		}
	}
}
`,
};
