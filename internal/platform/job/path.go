package job

import "strconv"

// ListPath is the address of the list of one's own jobs.
const ListPath = "/jobs"

// String is the id as it stands in addresses and JSON.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Path is the address of a job's page: where the page that started it leads to.
func (id ID) Path() string { return ListPath + "/" + id.String() }
