// Command hudang is the whole product: `hudang demo` starts a believable company, `hudang serve` an installation.
// Exit status: 0 good, 1 found something (verify), 2 could not run.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"hudang/internal/app/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := command.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
