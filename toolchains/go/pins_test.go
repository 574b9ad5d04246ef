package pins

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"
)

// Compiled and run once at install: what the tests of a service link against is then compiled already.
func TestTheModulesWorkTogether(t *testing.T) {
	gin.SetMode(gin.TestMode)
	router := gin.New()
	router.GET("/healthz", func(c *gin.Context) { c.Status(http.StatusNoContent) })

	answer := httptest.NewRecorder()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", nil)
	require.NoError(t, err)
	router.ServeHTTP(answer, request)

	require.Equal(t, http.StatusNoContent, answer.Code)
}
