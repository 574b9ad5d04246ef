import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const CONFIG: PlatformFile = {
  path: 'internal/platform/config/config.go',
  source: go`
// Package config reads the service's settings from its environment, once, at the start.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"time"
)

const (
	defaultHost = "127.0.0.1"
	defaultPort = "8000"
	maxConns    = 10

	requestTimeout  = 10 * time.Second
	shutdownTimeout = 20 * time.Second
)

var (
	errNoDatabase = errors.New("DATABASE_URL is not set: give the address of a PostgreSQL database, postgresql://user@host/name")
	errNoTokens   = errors.New("API_TOKENS is not set: give the bearer tokens that may use the service, with commas between them")
)

// Config is everything that the service can be told.
type Config struct {
	Address         string
	DatabaseURL     string
	MaxConns        int32
	Tokens          []string
	ReadTokens      []string
	Origins         []string
	LogLevel        slog.Level
	RequestTimeout  time.Duration
	ShutdownTimeout time.Duration
}

// Load reads the settings through lookup, which is os.LookupEnv outside tests.
func Load(lookup func(name string) (string, bool)) (Config, error) {
	read := func(name, fallback string) string {
		if value, there := lookup(name); there && value != "" {
			return value
		}
		return fallback
	}
	config := Config{
		DatabaseURL:     read("DATABASE_URL", ""),
		MaxConns:        maxConns,
		Tokens:          list(read("API_TOKENS", "")),
		ReadTokens:      list(read("API_READ_TOKENS", "")),
		Origins:         list(read("CORS_ORIGINS", "")),
		RequestTimeout:  requestTimeout,
		ShutdownTimeout: shutdownTimeout,
	}
	address, addressErr := address(read("HOST", defaultHost), read("PORT", defaultPort))
	config.Address = address
	levelErr := config.LogLevel.UnmarshalText([]byte(read("LOG_LEVEL", "info")))
	return config, errors.Join(addressErr, levelErr, config.missing())
}

func (c Config) missing() error {
	var missing []error
	if !isPostgres(c.DatabaseURL) {
		missing = append(missing, errNoDatabase)
	}
	if len(c.Tokens) == 0 {
		missing = append(missing, errNoTokens)
	}
	return errors.Join(missing...)
}

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgresql://") || strings.HasPrefix(url, "postgres://")
}

func address(host, port string) (string, error) {
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", fmt.Errorf("PORT %q is not a port: %w", port, err)
	}
	return net.JoinHostPort(host, port), nil
}

func list(value string) []string {
	var items []string
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
`,
};
