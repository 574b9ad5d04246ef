import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const PAGING: PlatformFile = {
  path: 'internal/platform/paging/paging.go',
  source: go`
// Package paging cuts lists into pages.
package paging

// Bounds of the contract's parameters page and size.
const (
	DefaultPage = 1
	MaxPage     = 1_000_000
	DefaultSize = 20
	MaxSize     = 100
)

// Request is one page of a sorted list. Pages count from 1.
type Request struct {
	Page       int
	Size       int
	Column     string
	Descending bool
}

// Offset is the number of rows before the page.
func (r Request) Offset() int {
	return (r.Page - 1) * r.Size
}

// Page is one page of a list, and how long the list is.
type Page[T any] struct {
	Items []T   \`json:"items"\`
	Page  int   \`json:"page"\`
	Size  int   \`json:"size"\`
	Total int64 \`json:"total"\`
}

// Of puts the rows of a page together with where they stand. A page without rows has an empty list, not null.
func Of[T any](rows []T, request Request, total int64) Page[T] {
	if rows == nil {
		rows = []T{}
	}
	return Page[T]{Items: rows, Page: request.Page, Size: request.Size, Total: total}
}
`,
};
