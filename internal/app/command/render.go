package command

import (
	"os"

	"hudang/internal/app"
	"hudang/internal/platform/render"
)

// renderer is the children that look into scans: the program itself with another argument, started by the first file. They
// keep the machine code of their decoders in the data folder.
func renderer(data string) *render.Worker {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return render.New(render.Standard, self, render.Subcommand, app.RenderFolder(data))
}

// renderWorker is what the program does as that child. People do not start it, so it stands in no list of commands.
func renderWorker(args []string) int {
	folder := ""
	if len(args) > 0 {
		folder = args[0]
	}
	if err := render.Serve(os.Stdin, os.Stdout, folder); err != nil {
		return stuck
	}
	return good
}
