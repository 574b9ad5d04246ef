import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const APP_RUN_TEST: PlatformFile = {
  path: 'internal/app/run_test.go',
  source: go`
package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"${MODULE}/internal/platform/config"
	"${MODULE}/internal/platform/db"
	"${MODULE}/internal/platform/dbtest"
)

func TestRunKnowsItsCommands(t *testing.T) {
	for _, args := range [][]string{{"migrate"}, {"migrate", "sideways"}, {"serve"}, {"migrate", "up", "now"}, {"other", "up"}} {
		if err := Run(t.Context(), config.Config{}, slog.New(slog.DiscardHandler), args); !errors.Is(err, errUsage) {
			t.Errorf("%v gives %v", args, err)
		}
	}
}

// started runs the service on a schema of its own and answers its address and what ends it.
func started(t *testing.T, settings config.Config) (address string, stop func() error) {
	t.Helper()
	reader, writer := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, settings, slog.New(slog.NewJSONHandler(writer, nil)), nil)
		writer.Close()
	}()
	lines := json.NewDecoder(reader)
	for address == "" {
		var line struct {
			Address string \`json:"address"\`
		}
		if err := lines.Decode(&line); err != nil {
			t.Fatalf("the service ended: %v", <-ended)
		}
		address = line.Address
	}
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	return address, func() error {
		cancel()
		return <-ended
	}
}

func TestTheServiceMigratesServesAndStops(t *testing.T) {
	settings := config.Config{
		Address:         "127.0.0.1:0",
		DatabaseURL:     dbtest.URL(t),
		MaxConns:        2,
		Tokens:          []string{"full"},
		RequestTimeout:  time.Minute,
		ShutdownTimeout: time.Minute,
	}
	address, stop := started(t, settings)
	for path, status := range map[string]int{"/health/ready": http.StatusOK, "/openapi.json": http.StatusOK, "/nothing": http.StatusNotFound} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if err := response.Body.Close(); err != nil || response.StatusCode != status {
			t.Errorf("%s gives %d, %v", path, response.StatusCode, err)
		}
	}
	if err := stop(); err != nil {
		t.Errorf("the service ended with %v", err)
	}
	for _, args := range [][]string{{"migrate", "down"}, {"migrate", "up"}} {
		if err := Run(t.Context(), settings, slog.New(slog.DiscardHandler), args); err != nil {
			t.Errorf("%v gives %v", args, err)
		}
	}
}

func TestTheServiceTellsWhyItCannotStart(t *testing.T) {
	settings := config.Config{Address: "127.0.0.1:1:1", DatabaseURL: dbtest.URL(t), MaxConns: 2}
	if err := Run(t.Context(), settings, slog.New(slog.DiscardHandler), nil); err == nil {
		t.Error("it started on an address that is none")
	}
	settings = config.Config{Address: "127.0.0.1:0", DatabaseURL: dbtest.URL(t), MaxConns: 2}
	pool, err := db.Open(t.Context(), settings.DatabaseURL, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(t.Context(), "CREATE TABLE schema_migrations (other int)"); err != nil {
		t.Fatal(err)
	}
	if err := Run(t.Context(), settings, slog.New(slog.DiscardHandler), nil); err == nil {
		t.Error("it started on a schema that it could not migrate")
	}
	settings.DatabaseURL = "postgresql://u@127.0.0.1:1/d"
	if err := Run(t.Context(), settings, slog.New(slog.DiscardHandler), nil); err == nil {
		t.Error("it started without a database")
	}
}
`,
};
