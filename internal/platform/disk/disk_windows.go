package disk

import "golang.org/x/sys/windows"

// Room is how many bytes are free below a folder, and how many its disk has.
func Room(dir string) (free, total uint64, err error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(path, &free, &total, nil)
	}
	return free, total, err
}

// SyncFolder does nothing: Windows keeps names with its journal and offers nothing to wait for.
func SyncFolder(string) error { return nil }
