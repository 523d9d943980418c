package apptest

import (
	"net/url"
	"reflect"
	"testing"
)

func TestFormOf_SendsWhatABrowserWould(t *testing.T) {
	body := `<form action="/x"><input name="a" value="1"><input type="radio" name="b" value="1"><input type="radio" name="b" value="2" checked>
<textarea name="note">
朝南
第二行</textarea><select name="kind"><option value="">选择</option><option value="shop" selected>商铺</option></select>
<select name="first"><option>甲</option><option>乙</option></select><select name="none"></select><button name="next" value="1">存</button></form>`
	got, ok := formOf(body, "/x")
	want := url.Values{"a": {"1"}, "b": {"2"}, "note": {"朝南\n第二行"}, "kind": {"shop"}, "first": {"甲"}}
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("sends %v, want %v", got, want)
	}
}

func TestUnworded(t *testing.T) {
	for _, body := range []string{"住户 0x143ed00 人随之迁出", "[household.out.people]", "共 {0} 户", "{0|lease|leases}", "%!d(string=3)"} {
		if unworded("text/html; charset=utf-8", "<p>"+body+"</p>") == "" {
			t.Errorf("%s passes", body)
		}
		if wrong := unworded("text/html", "<script>"+body+"</script><p title='"+body+"'>住户 3 人 [1] a.b</p>"); wrong != "" {
			t.Errorf("%s is taken for a text", wrong)
		}
	}
}
