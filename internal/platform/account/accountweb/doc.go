// Package accountweb is the pages of accounts: their register, one account with its posts, sessions and history for the
// security administrator, and one's own account for everybody.
//
// It may import account and the ground. Start reading at routes.go.
package accountweb
