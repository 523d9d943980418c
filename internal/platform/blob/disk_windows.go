package blob

import "golang.org/x/sys/windows"

// Room is how many bytes are free below a folder, and how many its disk has.
func Room(dir string) (free, total uint64, err error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(path, &free, &total, nil)
	}
	return free, total, err
}

// syncFolder: Windows keeps names with its journal and offers nothing to wait for.
func syncFolder(string) error { return nil }
