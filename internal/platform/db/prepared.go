package db

import (
	"container/list"
	"context"
	"database/sql"
	"sync"
)

// SQLite takes as long to compile a statement as to look up some rows by it. Texts longer than textKept name many rows, and hardly
// come again.
const (
	statementsKept = 200
	textKept       = 4 << 10
)

// prepared is a read pool of SQLite that keeps the statements asked last. A text is compiled to be kept when it comes a second time.
type prepared struct {
	*sql.DB
	mu    sync.Mutex
	texts map[string]*list.Element
	order *list.List // of *known: the last asked in front
}

type known struct {
	text string
	stmt *sql.Stmt // nil: asked once
	used int       // how many are asking by it now
	gone bool      // out of the order: closed by the last who asks
}

func newPrepared(pool *sql.DB) *prepared {
	return &prepared{DB: pool, texts: map[string]*list.Element{}, order: list.New()}
}

// QueryContext asks by the statement kept for a text, where there is one.
func (p *prepared) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s := p.take(ctx, text)
	if s == nil {
		return p.DB.QueryContext(ctx, text, args...)
	}
	defer p.leave(s)
	return s.stmt.QueryContext(ctx, args...)
}

// take is the statement of a text; nil while there is none to ask by.
func (p *prepared) take(ctx context.Context, text string) *known {
	if len(text) > textKept {
		return nil
	}
	p.mu.Lock()
	at, again := p.texts[text]
	if again {
		if p.order.MoveToFront(at); at.Value.(*known).stmt != nil {
			s := at.Value.(*known)
			s.used++
			p.mu.Unlock()
			return s
		}
	} else {
		p.texts[text] = p.order.PushFront(&known{text: text})
		p.forget()
	}
	p.mu.Unlock()
	if !again {
		return nil
	}
	stmt, err := p.DB.PrepareContext(ctx, text)
	if err != nil {
		return nil // asked plainly, it says what is wrong
	}
	s := &known{text: text, stmt: stmt, used: 1}
	p.mu.Lock()
	defer p.mu.Unlock()
	if at, ok := p.texts[text]; ok && at.Value.(*known).stmt == nil {
		at.Value = s
	} else {
		s.gone = true // somebody else was quicker
	}
	return s
}

// forget drops the statement asked longest ago when there are too many.
func (p *prepared) forget() {
	if p.order.Len() <= statementsKept {
		return
	}
	s := p.order.Remove(p.order.Back()).(*known)
	delete(p.texts, s.text)
	s.gone = true
	s.closeUnused()
}

func (p *prepared) leave(s *known) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.used--
	s.closeUnused()
}

// closeUnused closes a statement that is out of the order. Rows still being read by it keep it open below until they are closed.
func (s *known) closeUnused() {
	if s.gone && s.used == 0 && s.stmt != nil {
		go s.stmt.Close() // waits for connections in use
	}
}
