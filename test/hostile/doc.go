// Package hostile sends the program what somebody would who means it harm: scripts in every text (reliability S3) and files
// that are not what they seem (S2).
//
// The short forms run with the other tests; `make torture` goes on for nights (package night).
package hostile
