import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const SERVER_MAIN: PlatformFile = {
  path: 'cmd/server/main.go',
  source: go`
// Command server runs the service, or migrates its database: server, server migrate up, server migrate down.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"${MODULE}/internal/app"
	"${MODULE}/internal/platform/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	settings, err := config.Load(os.LookupEnv)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	logger := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: settings.LogLevel}))
	return app.Run(ctx, settings, logger, args)
}
`,
};
