import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const APP_RUN: PlatformFile = {
  path: 'internal/app/run.go',
  source: go`
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"${MODULE}/internal/platform/config"
	"${MODULE}/internal/platform/db"
	"${MODULE}/migrations"
)

const readHeaderTimeout = 5 * time.Second

var errUsage = errors.New("use: server, server migrate up, or server migrate down")

// Run does what the arguments ask: serve until ctx ends, or migrate.
func Run(ctx context.Context, settings config.Config, logger *slog.Logger, args []string) error {
	work, err := command(args)
	if err != nil {
		return err
	}
	pool, err := db.Open(ctx, settings.DatabaseURL, settings.MaxConns)
	if err != nil {
		return err
	}
	defer pool.Close()
	return work(ctx, job{settings: settings, logger: logger, pool: pool})
}

type job struct {
	settings config.Config
	logger   *slog.Logger
	pool     *pgxpool.Pool
}

func command(args []string) (func(ctx context.Context, j job) error, error) {
	switch {
	case len(args) == 0:
		return serve, nil
	case len(args) == 2 && args[0] == "migrate" && args[1] == "up":
		return migrateUp, nil
	case len(args) == 2 && args[0] == "migrate" && args[1] == "down":
		return migrateDown, nil
	}
	return nil, errUsage
}

func migrateUp(ctx context.Context, j job) error {
	names, err := db.NewMigrator(j.pool, migrations.Scripts()).Up(ctx)
	j.logger.InfoContext(ctx, "migrated up", "migrations", names)
	return err
}

// migrateDown takes back the last migration alone.
func migrateDown(ctx context.Context, j job) error {
	names, err := db.NewMigrator(j.pool, migrations.Scripts()).Down(ctx, 1)
	j.logger.InfoContext(ctx, "migrated down", "migrations", names)
	return err
}

// serve migrates, listens, and on the end of ctx lets requests in flight finish.
func serve(ctx context.Context, j job) error {
	if err := migrateUp(ctx, j); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", j.settings.Address)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", j.settings.Address, err)
	}
	server := &http.Server{
		Handler:           NewRouter(j.pool, j.settings, j.logger),
		ReadHeaderTimeout: readHeaderTimeout,
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	j.logger.InfoContext(ctx, "listening", "address", listener.Addr().String())
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	j.logger.InfoContext(ctx, "draining")
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), j.settings.ShutdownTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	return nil
}
`,
};
