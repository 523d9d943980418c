package apptest

import (
	"bytes"
	"sync"
)

// Logbook keeps what a program writes into its log.
type Logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to it.
func (l *Logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// Text is all that was written.
func (l *Logbook) Text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
