// Package kept holds the tests that nothing a person types is lost, whatever form it is typed into and whenever the session ends,
// and that a form sent twice counts once (ui §1.4).
package kept
