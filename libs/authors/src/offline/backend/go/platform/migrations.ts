import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const MIGRATIONS: PlatformFile = {
  path: 'migrations/migrations.go',
  source: go`
// Package migrations holds the scripts that make the database's schema, in the order of their names.
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed *.sql
var scripts embed.FS

// Scripts are the files NAME.up.sql and NAME.down.sql.
func Scripts() fs.FS {
	return scripts
}
`,
};
