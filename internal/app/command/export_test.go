package command

import (
	"context"

	"hudang/internal/app"
)

// CarryOut is Run with somebody at the terminal, Beside takes the commands of others, ListenIn only listens.
var (
	CarryOut = carryOut
	Beside   = func(ctx context.Context, a *app.App, data string) (func() error, error) {
		return listenBeside(ctx, a, data)
	}
	ListenIn = listenIn
)
