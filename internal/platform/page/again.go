package page

import (
	"context"
	"maps"
	"net/http"
	"strings"
	"sync"
)

// Answers remembers where accepted forms led to, so that the same form sent twice gets the first answer whatever its page looks
// at before it runs the operation (reliability §2, Idempotency).
type Answers interface {
	// Answered is where a form led when it was accepted before; empty for none. form is all that was typed, and where it was sent.
	Answered(ctx context.Context, token string, form []byte) (place string, err error)
	// KeepAnswer keeps where an accepted form led to.
	KeepAnswer(ctx context.Context, token string, form []byte, place string) error
}

// inFlight lets the second of two equal forms wait for the first.
type inFlight struct {
	mu    sync.Mutex
	forms map[string]chan struct{}
}

// enter waits until nobody else carries out a form of the token, and gives what to call afterwards.
func (f *inFlight) enter(ctx context.Context, token string) (leave func(), err error) {
	for {
		f.mu.Lock()
		busy, ok := f.forms[token]
		if !ok {
			done := make(chan struct{})
			if f.forms == nil {
				f.forms = map[string]chan struct{}{}
			}
			f.forms[token] = done
			f.mu.Unlock()
			return func() {
				f.mu.Lock()
				delete(f.forms, token)
				f.mu.Unlock()
				close(done)
			}, nil
		}
		f.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// again is a form whose answer is kept: its token, and all that was typed.
func (k *Kit) again(r *http.Request) (token string, form []byte) {
	a := asked(r.Context())
	if k.cfg.Answers == nil || a == nil || a.token == "" || r.Method != http.MethodPost || r.ContentLength > MaxForm ||
		!strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return "", nil // a form with files is read as it arrives: its operation alone knows it again
	}
	if token = TokenOf(r); token == "" {
		return "", nil
	}
	said := maps.Clone(r.PostForm)
	for _, own := range []string{FieldSession, FieldPage, FieldChosen} { // they change when somebody signs in again
		said.Del(own)
	}
	return token, []byte(r.URL.RequestURI() + "\x00" + said.Encode())
}

// once carries a form out unless it was carried out before: then it leads where it led then.
func (k *Kit) once(w http.ResponseWriter, r *http.Request, h Handler) error {
	token, form := k.again(r)
	if token == "" {
		return h(w, r)
	}
	leave, err := k.flight.enter(r.Context(), token)
	if err != nil {
		return err
	}
	defer leave()
	place, err := k.cfg.Answers.Answered(r.Context(), token, form)
	if err != nil {
		return err
	}
	if place != "" {
		http.Redirect(w, r, place, http.StatusSeeOther)
		return nil
	}
	return h(w, r)
}

// remember keeps where an accepted form leads. That it cannot be kept does not undo what was saved.
func (k *Kit) remember(r *http.Request, to string) {
	token, form := k.again(r)
	if token == "" {
		return
	}
	if err := k.cfg.Answers.KeepAnswer(r.Context(), token, form, to); err != nil {
		k.cfg.Log.ErrorContext(r.Context(), "answer not kept", "pattern", r.Pattern, "error", err.Error())
	}
}
