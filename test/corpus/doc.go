// Package corpus sends the program files as people have them, by the hundred, through the page by which papers come in, and
// holds what it shows against what other programs show of them.
//
// In CI it makes half a hundred small ones itself. gather.py gathers hundreds more (material of packages, and what the usual
// tools make); then: make corpus DIR=that folder. The table it prints says of each file whether it is shown right, shown with a
// warning, kept with a sentence, or refused, and which fell short and why. At most one in a hundred may; only programs, scripts
// and pages of the web are refused. Where a tool is not installed (pdftoppm, pdfinfo, convert) its comparison is left out.
package corpus
