import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_ROUTER: PlatformFile = {
  path: 'internal/platform/web/router.go',
  source: go`
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

// Options say how every request is treated.
type Options struct {
	Logger *slog.Logger
	// Timeout bounds a request, its queries included.
	Timeout time.Duration
	// Origins may call the service from a browser.
	Origins []string
}

// NewRouter answers a router that logs, bounds and guards every request, and has no routes yet.
func NewRouter(options Options) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.HandleMethodNotAllowed = true
	router.RedirectTrailingSlash = false
	router.Use(logged(options.Logger), recovered(), allowOrigins(options.Origins), bounded(options.Timeout))
	router.NoRoute(func(c *gin.Context) { Fail(c, fault.New(fault.NotFound, text.NoSuchAddress)) })
	router.NoMethod(func(c *gin.Context) { writeProblem(c, http.StatusMethodNotAllowed, text.MethodUnknown) })
	return router
}

func logged(logger *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		start := time.Now()
		c.Next()
		for _, err := range c.Errors {
			logger.ErrorContext(c.Request.Context(), "request failed", "route", c.FullPath(), "error", err.Err)
		}
		logger.InfoContext(c.Request.Context(), "request",
			"method", c.Request.Method,
			"route", c.FullPath(),
			"status", c.Writer.Status(),
			"duration_ms", time.Since(start).Milliseconds(),
		)
	}
}

func recovered() gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			if cause := recover(); cause != nil {
				Fail(c, fmt.Errorf("panic: %v", cause))
			}
		}()
		c.Next()
	}
}

func bounded(timeout time.Duration) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), timeout)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

func allowOrigins(origins []string) gin.HandlerFunc {
	return func(c *gin.Context) {
		origin := c.GetHeader("Origin")
		if !slices.Contains(origins, origin) {
			c.Next()
			return
		}
		c.Header("Access-Control-Allow-Origin", origin)
		c.Header("Access-Control-Expose-Headers", "ETag, Location")
		c.Header("Vary", "Origin")
		if c.Request.Method != http.MethodOptions {
			c.Next()
			return
		}
		c.Header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
		c.Header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
		c.AbortWithStatus(http.StatusNoContent)
	}
}
`,
};
