package app

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockFolder takes a lock that ends with the process, however it ends: the file is opened without sharing.
func lockFolder(file string) (unlock func() error, err error) {
	name, err := windows.UTF16PtrFromString(file)
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, 0, nil, windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(h), file).Close, nil
}
