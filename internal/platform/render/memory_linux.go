package render

import "syscall"

const noReserve = syscall.MAP_NORESERVE
