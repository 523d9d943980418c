//go:build unix && !linux

package render

const noReserve = 0
