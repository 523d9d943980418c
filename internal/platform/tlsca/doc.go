// Package tlsca is an installation's own certificate authority: it is made once, kept in one file, and signs the
// certificate by which this machine's server proves itself to the office's browsers (design §5, reliability §6).
//
// It imports the clock and the disk, and keeps the file it is given, nothing else. Always true: the authority signs servers
// only, and only names and addresses of local networks besides those the machine had when the authority was made, so that
// whoever steals its key cannot pose as a bank; a server's certificate is good for 397 days at most and never leaves memory.
package tlsca
