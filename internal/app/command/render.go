package command

import (
	"os"

	"hudang/internal/platform/render"
)

// renderer is the child that looks into scans: the program itself with another argument, started by the first file.
func renderer() *render.Worker {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return render.New(render.Standard, self, render.Subcommand)
}

// renderWorker is what the program does as that child. People do not start it, so it stands in no list of commands.
func renderWorker() int {
	if err := render.Serve(os.Stdin, os.Stdout); err != nil {
		return stuck
	}
	return good
}
