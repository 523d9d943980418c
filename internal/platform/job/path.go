package job

import "hudang/internal/platform/ref"

// ListPath is the address of the list of one's own jobs.
const ListPath = "/jobs"

// Path is the address of a job's page: where the page that started it leads to.
func (id ID) Path() string { return ListPath + "/" + ref.Text(id) }
