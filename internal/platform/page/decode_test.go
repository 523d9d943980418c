package page_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"hudang/internal/platform/errs"
	"hudang/internal/platform/page"
)

// fen reads itself, as money does.
type fen int64

func (f *fen) UnmarshalText(b []byte) error {
	var yuan, cent int64
	if _, err := fmt.Sscanf(string(b), "%d.%d", &yuan, &cent); err != nil {
		return errs.E(errs.Invalid, "t.phone", string(b))
	}
	*f = fen(yuan*100 + cent)
	return nil
}

func (f fen) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d.%02d", f/100, f%100), nil }

type everything struct {
	address
	Text   string            `form:"text"`
	Int    int64             `form:"int"`
	Small  int8              `form:"small"`
	Uint   uint              `form:"uint"`
	Bool   bool              `form:"bool"`
	Sum    fen               `form:"sum"`
	Sums   []fen             `form:"sums"`
	Many   []string          `form:"many"`
	Nums   []int             `form:"nums"`
	Deep   household         `form:"deep"`
	Rows   []phone           `form:"rows"`
	Refs   []*phone          `form:"refs"`
	Maybe  *int              `form:"maybe"`
	Custom map[string]string `form:"custom"`
	Raw    string            `form:"raw,raw"`
	Hidden string
	NoTag  string `form:"-"`
}

func request(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func TestDecode(t *testing.T) {
	seven := 7
	for _, c := range []struct {
		name, body string
		want       everything
		wrong      string
	}{
		{"text is cleaned", "text=%20%E2%80%8B%E5%BC%A0%00%E4%B8%89%EF%BB%BF%E3%80%80", everything{Text: "张三"}, ""},
		{"lines", "text=a%0D%0Ab", everything{Text: "a\nb"}, ""},
		{"rare characters stay", "text=%E3%9B%83%E4%B6%AE%F0%AC%AD%8A", everything{Text: "㛃䶮𬭊"}, ""},
		{"not UTF-8", "text=%FF%FE", everything{Text: "\uFFFD"}, ""},
		{"embedded", "street=a", everything{address: address{"a"}}, ""},
		{"full-width number", "int=%EF%BC%91%EF%BC%92%2C000", everything{Int: 12000}, ""},
		{"empty number", "int=+", everything{}, ""},
		{"not a number", "int=abc", everything{}, "int: error.form.number"},
		{"too large", "small=300", everything{}, "small: error.form.number"},
		{"negative", "uint=-1", everything{}, "uint: error.form.number"},
		{"bools", "bool=on", everything{Bool: true}, ""},
		{"box and hidden twin", "bool=0&bool=1", everything{Bool: true}, ""},
		{"reads itself", "sum=12.34", everything{Sum: 1234}, ""},
		{"reads itself wrongly", "sum=xx", everything{}, "sum: t.phone"},
		{"many that read themselves", "sums=1.00&sums=2.50", everything{Sums: []fen{100, 250}}, ""},
		{"several", "many=a&many=&many=b", everything{Many: []string{"a", "b"}}, ""},
		{"numbers", "nums=1&nums=2", everything{Nums: []int{1, 2}}, ""},
		{"nested", "deep.address.street=x&deep.name=n", everything{Deep: household{Name: "n", Address: address{"x"}}}, ""},
		{"rows", "rows.1.number=2&rows.0.number=1", everything{Rows: []phone{{Number: "1"}, {Number: "2"}}}, ""},
		{"pointers to rows", "refs.0.number=1", everything{Refs: []*phone{{Number: "1"}}}, ""},
		{"pointer", "maybe=7", everything{Maybe: &seven}, ""},
		{"pointer left nil", "maybe=", everything{}, ""},
		{"map", "custom.a.b=1", everything{Custom: map[string]string{"a.b": "1"}}, ""},
		{"raw keeps blanks", "raw=+a+", everything{Raw: " a "}, ""},
		{"unknown, untagged and own names", "nope=1&Hidden=1&NoTag=1&-=1&_token=1&text.x=1&rows.x.number=1&rows=1&rows.0=1", everything{Rows: []phone{{}}}, ""},
		{"index too high", "rows.501.number=1&rows.999999999.number=1&rows.-1.number=1&rows.00.number=1", everything{}, ""},
		{"too deep", "deep.a.b.c.d.e.f.g=1", everything{}, ""},
		{"every mistake", "int=a&uint=b", everything{}, "int: error.form.number; uint: error.form.number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got everything
			err := page.Decode(request(c.body), &got)
			if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong) || !errs.Is(err, errs.Invalid)) {
				t.Fatalf("error %v, want %q", err, c.wrong)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestDecode_Limits(t *testing.T) {
	var got everything
	if err := page.Decode(request("text="+strings.Repeat("x", page.MaxForm)), &got); !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), "error.form.large") {
		t.Errorf("large: %v", err)
	}
	var many strings.Builder
	for i := range 5001 {
		fmt.Fprintf(&many, "a%d=1&", i)
	}
	if err := page.Decode(request(many.String()), &got); !strings.Contains(fmt.Sprint(err), "error.form.broken") {
		t.Errorf("many: %v", err)
	}
	if err := page.Decode(request("a=%zz"), &got); !errs.Is(err, errs.Invalid) {
		t.Errorf("broken: %v", err)
	}
	type group struct {
		Rows []struct {
			Rows []phone `form:"rows"`
		} `form:"rows"`
	}
	var g group
	many.Reset()
	for i := range 400 {
		fmt.Fprintf(&many, "rows.%d.rows.500.number=1&", i)
	}
	if err := page.Decode(request(many.String()), &g); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range g.Rows {
		n += len(r.Rows)
	}
	if n > 5000 {
		t.Errorf("%d rows were made", n)
	}
}

func TestDecode_Multipart(t *testing.T) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("name", " 张三 ")
	f, err := w.CreateFormFile("scan", "扫描.pdf")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write([]byte("%PDF"))
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	var in struct {
		Name  string                  `form:"name"`
		Scan  *multipart.FileHeader   `form:"scan"`
		Scans []*multipart.FileHeader `form:"scan"`
		None  *multipart.FileHeader   `form:"none"`
	}
	if err := page.Decode(r, &in); err != nil {
		t.Fatal(err)
	}
	if in.Name != "张三" || in.Scan == nil || in.Scan.Filename != "扫描.pdf" || in.None != nil {
		t.Errorf("%+v", in)
	}
}

func TestFillAndTyped(t *testing.T) {
	seven := 7
	in := everything{address: address{"s"}, Text: "t", Int: 3, Bool: true, Sum: 1234, Sums: []fen{100}, Many: []string{"a", "b"}, Rows: []phone{{"1", "x"}, {"2", "y"}}, Maybe: &seven, Raw: "secret", Custom: map[string]string{"k": "v"}}
	values := page.Fill(in)
	want := map[string]string{"street": "s", "text": "t", "int": "3", "bool": "1", "sum": "12.34", "rows.1.number": "2", "maybe": "7", "custom.k": "v"}
	for name, v := range want {
		if values.Get(name) != v {
			t.Errorf("%s is %q, want %q", name, values.Get(name), v)
		}
	}
	if values.Get("raw") != "" || len(values["many"]) != 2 || values.Count("rows") != 2 {
		t.Errorf("values %v", values)
	}
	r := request("_token=%20t1&_seen=unit:1%3D5&_seen=x&rows.3.number=+9+")
	if typed := page.Typed(r); typed.Get("rows.3.number") != "9" || typed.Count("rows") != 4 {
		t.Errorf("typed %v", typed)
	}
	if page.TokenOf(r) != "t1" {
		t.Errorf("token %q", page.TokenOf(r))
	}
	if _, err := page.SeenOf(r); !errs.Is(err, errs.Invalid) {
		t.Errorf("seen: %v", err)
	}
	seen, err := page.SeenOf(request("_seen=unit:1%3D5&_seen=party:2=3"))
	if err != nil || seen["unit:1"] != 5 || seen["party:2"] != 3 {
		t.Errorf("seen %v, %v", seen, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"text=a", "rows.0.number=1&rows.1.kind=x", "deep.phones.3.number=%00", "int=%EF%BC%91", "custom.a=1", "refs.2.number=1&maybe=3", "sum=1.2", "a=%zz", "rows.0.number.x=1", "deep=1&rows=2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var in everything
		r := request(body)
		if err := page.Decode(r, &in); err != nil && !errs.Is(err, errs.Invalid) {
			t.Fatalf("kind of %v", err)
		}
		if len(in.Rows) > 501 || strings.ContainsRune(in.Text, 0) || in.Text != strings.TrimSpace(in.Text) {
			t.Fatalf("%+v", in)
		}
		_ = page.Typed(r)
		_, _ = page.SeenOf(r)
		// What was read can be shown again, and read again to the same.
		in.Custom = nil
		shown := page.Fill(in)
		var again everything
		if err := page.DecodeQuery(&http.Request{URL: &url.URL{RawQuery: url.Values(shown).Encode()}}, &again); err != nil {
			t.Fatalf("read again: %v", err)
		}
		if got := page.Fill(again); !reflect.DeepEqual(got, shown) {
			t.Fatalf("shown %v, read again %v", shown, got)
		}
	})
}
