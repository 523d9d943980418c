package logweb

const logRegister = "操作日志"
