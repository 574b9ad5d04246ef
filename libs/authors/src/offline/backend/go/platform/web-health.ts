import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_HEALTH: PlatformFile = {
  path: 'internal/platform/web/health.go',
  source: go`
package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"${MODULE}/internal/platform/text"
)

// Pinger is what readiness asks: whether the store answers.
type Pinger interface {
	Ping(ctx context.Context) error
}

// Health serves /health/live, which asks nobody, and /health/ready, which asks the store.
func Health(router gin.IRouter, store Pinger) {
	router.GET("/health/live", func(c *gin.Context) {
		c.JSON(http.StatusOK, gin.H{"status": "live"})
	})
	router.GET("/health/ready", func(c *gin.Context) {
		if err := store.Ping(c.Request.Context()); err != nil {
			writeProblem(c, http.StatusServiceUnavailable, text.NotReady)
			return
		}
		c.JSON(http.StatusOK, gin.H{"status": "ready"})
	})
}
`,
};
