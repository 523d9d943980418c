package command

// CarryOut is Run with somebody at the terminal.
var CarryOut = carryOut
