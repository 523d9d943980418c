package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed static
var static embed.FS

// asset is a file of the kit, ready to send.
type asset struct {
	kind       string
	hash       string
	plain, gz  []byte
	compressed bool
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
}

// comments are the lines of a script that nobody has to send.
var comments = regexp.MustCompile(`(?m)^\s*//.*\n`)

// assets reads the files once; the parts in js/ become one hudang.js, each in its own block so that names stay apart.
var assets = sync.OnceValue(func() map[string]asset {
	all := map[string]asset{}
	var script bytes.Buffer
	_ = fs.WalkDir(static, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			panic(err) // embedded: cannot fail
		}
		if d.IsDir() {
			return nil
		}
		raw, err := static.ReadFile(name)
		if err != nil {
			panic(err)
		}
		if path.Dir(name) == "static/js" {
			script.WriteString("{\n")
			script.Write(comments.ReplaceAll(raw, nil))
			script.WriteString("}\n")
			return nil
		}
		all[path.Base(name)] = newAsset(name, raw)
		return nil
	})
	all["hudang.js"] = newAsset("hudang.js", script.Bytes())
	return all
})

func newAsset(name string, raw []byte) asset {
	sum := sha256.Sum256(raw)
	a := asset{kind: kinds[path.Ext(name)], hash: base64.RawURLEncoding.EncodeToString(sum[:9]), plain: raw}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(raw)
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil && b.Len() < len(raw) {
		a.gz, a.compressed = b.Bytes(), true
	}
	return a
}

// Asset is the address of a file of the kit, with the digest of its content so that it can be kept for ever.
func Asset(name string) string {
	a, ok := assets()[name]
	if !ok {
		panic("page: no asset " + name)
	}
	return "/static/" + name + "?v=" + a.hash
}

// Static serves the kit's files below /static/; register it as "GET /static/".
func (k *Kit) Static() http.Handler {
	return k.Wrap(func(w http.ResponseWriter, r *http.Request) error {
		a, ok := assets()[strings.TrimPrefix(r.URL.Path, "/static/")]
		if !ok {
			return k.NotFound(w, r)
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("ETag", `"`+a.hash+`"`)
		h.Set("Vary", "Accept-Encoding")
		h.Set("Cache-Control", "no-cache")
		if r.URL.Query().Get("v") == a.hash {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		if strings.Contains(r.Header.Get("If-None-Match"), a.hash) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
		body := a.plain
		if a.compressed && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = a.gz
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method == http.MethodHead {
			return nil
		}
		_, _ = w.Write(body) // a reader who left is nobody to tell
		return nil
	})
}
