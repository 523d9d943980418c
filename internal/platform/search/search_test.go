package search_test

import (
	"bytes"
	"database/sql"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"hudang/internal/platform/access"
	"hudang/internal/platform/db"
	"hudang/internal/platform/op"
	"hudang/internal/platform/op/optest"
	"hudang/internal/platform/search"
)

var discard = slog.New(slog.DiscardHandler)

var boss = as(access.Company, access.Manager)

// Issue 3, slice 5: name, full pinyin or initials, any four digits of a phone, ID tail, room in every notation, plate,
// company, former owner and phone, 10-digit code; a caller's number in any messy form.
func TestFind_EverythingACallerSays(t *testing.T) {
	each(t, func(s *scene) {
		s.put(facts{Estate: 1, Name: "单雄信", Former: "吕布", Room: "3-1-1202", Plate: "粤B·D12345", Company: "瑞幸咖啡（中国）有限公司",
			Code: "2600418325", Number: "11010519491231002X", Note: "养了两条狗，夜里叫", Phones: []string{"13800138000", "010-8888 1234"}, FormerPhones: []string{"+852 6123 4567"}})
		s.put(facts{Estate: 1, Name: "王小明", Room: "C1-1F-08", Plate: "粤Z1234港", Phones: []string{"13912345678"}})
		s.put(facts{Estate: 1, Name: "张三丰", Room: "B1-023", Number: "110105491231002"})
		const one, two, three = "单雄信", "王小明", "张三丰"
		for typed, want := range map[string]string{
			// names
			"单雄信": one, "雄信": one, "单": one, "shanxiongxin": one, "danxiongxin": one, "SXX": one, "dxx": one, "shanxi": one, "单xiong": one,
			"吕布": one, "lvbu": one, "lubu": one, "lyubu": one, "lübu": one, "小明": two, "王小明": two, "zhangsanf": three, "zsf": three,
			"王 小明": two, "王　小 明": two,
			// phones
			"0138": one, "8000": one, "1380": one, "13800138000": one, "138 0013 8000": one, "+86 138-0013-8000": one, "0086 13800138000": one,
			"+8613800138000": one, "800138": one, "01088881234": one, "010-8888 1234 ext 802": one, "(010) 88881234": one, "88881234": one, "8888 1234": one,
			"85261234567": one, "61234567": one, "+852 6123-4567": one,
			// identity numbers: tail, whole, old and new
			"11010519491231002X": one + three, "110105491231002": one + three, "110105 19491231 002x": one + three, "1002x": one + three, "1002": one + three,
			// rooms
			"3-1-1202": one, "3栋1单元1202": one, "3#1-1202": one, "三栋一单元1202室": one, "3栋 1单元 1202室": one, "３－１－１２０２": one, "3-1202": one,
			"3栋1202": one, "1202": one, "1202室": one, "03-01-1202": one, "3号楼1单元1202": one, "3-1-12": one, "3-1": one, "3栋": one, "1单元1202": one,
			"C1-1F-08": two, "c1-1f-8": two, "C1首层08铺": two, "1F-08": two, "B1-023": three, "B1-23": three, "负一层23": three, "B1层023": three,
			// plates
			"粤B·D12345": one, "粤bd12345": one, "BD12345": one, "345": one, "粤Z1234港": two, "z1234": two,
			// companies
			"瑞幸": one, "瑞幸咖啡": one, "咖啡中国": one, "ruixingkafei": one, "rxkf": one, "咖啡 1202": one,
			// codes, notes
			"2600418325": one, "26 0041832 5": one, "两条狗": one, "夜里": one,
			// several at once
			"单 3-1-1202": one, "王 1202": "", "王小明 8000": "",
			// nothing
			"李四": "", "9999": "", "3-1-1203": "", "!!": "", "雄单": "", "王明": "", "": "",
		} {
			got := s.names(boss, access.Company, typed)
			slices.Sort(got)
			if got := strings.Join(got, ""); got != want {
				t.Errorf("%q found %q, want %q", typed, got, want)
			}
		}
	})
}

func TestFind_ExactIsTold(t *testing.T) {
	each(t, func(s *scene) {
		s.put(facts{Estate: 1, Name: "甲", Room: "3-1-1202", Code: "2600418325"})
		s.put(facts{Estate: 1, Name: "乙", Room: "3-1-12021"})
		for typed, want := range map[string]bool{"3-1-1202": true, "三栋一单元1202室": true, "2600418325": true, "1202": false, "3-1-12": false, "3-1202": false} {
			found, err := s.Find(t.Context(), boss, access.Company, typed, 8)
			if err != nil || len(found.Hits) == 0 || found.Hits[0].Exact != want {
				t.Errorf("%q: %+v %v", typed, found, err)
			}
		}
	})
}

// Current before former, newest before oldest; what is sealed in a note comes last.
func TestFind_Order(t *testing.T) {
	each(t, func(s *scene) {
		s.put(facts{Estate: 1, Name: "甲", Phones: []string{"13800001111"}})
		s.put(facts{Estate: 1, Name: "乙", FormerPhones: []string{"13900001111"}})
		s.put(facts{Estate: 1, Name: "丙", Phones: []string{"13700001111"}})
		s.put(facts{Estate: 1, Name: "丁", Note: "找丙"})
		if got := s.names(boss, 1, "1111"); !slices.Equal(got, []string{"丙", "甲", "乙"}) {
			t.Error(got)
		}
		if got := s.names(boss, 1, "丙"); !slices.Equal(got, []string{"丙", "丁"}) {
			t.Error(got)
		}
	})
}

// Another estate's thing, or one for other posts, is not found, nor does it take the place of one's own.
func TestFind_ScopeAndPosts(t *testing.T) {
	each(t, func(s *scene) {
		s.put(facts{Estate: 1, Name: "王一", Phones: []string{"13800138000"}})
		for range 250 { // more than are looked at
			s.put(facts{Estate: 2, Name: "王二", Phones: []string{"13800138000"}})
		}
		s.put(facts{Estate: 1, Name: "王密", Secret: true})
		for _, c := range []struct {
			who  access.Actor
			at   access.EstateID
			want []string
		}{
			{as(1, access.Assistant), access.Company, []string{"王一"}},
			{as(1, access.Assistant), 1, []string{"王一"}},
			{as(1, access.Assistant), 2, nil},
			{as(1, access.Custodian), 1, []string{"王密"}},
			{as(1, access.Finance), 1, nil},
			{access.Actor{}, access.Company, nil},
			{boss, 1, []string{"王一"}},
			{as(access.Company, access.Assistant, access.Custodian), 1, []string{"王密", "王一"}},
		} {
			if got := s.names(c.who, c.at, "王"); !slices.Equal(got, c.want) {
				t.Errorf("%v at %d: %v, want %v", c.who.Grants, c.at, got, c.want)
			}
		}
		if got := s.names(as(1, access.Manager), 1, "13800138000"); !slices.Equal(got, []string{"王一"}) {
			t.Error(got)
		}
	})
}

// What changed is found at once, as it is now: a new name, a number that became a former one, a thing that is no more.
func TestFind_FollowsChanges(t *testing.T) {
	each(t, func(s *scene) {
		id := s.put(facts{Estate: 1, Name: "赵云", Phones: []string{"13800138000"}})
		other := s.put(facts{Estate: 1, Name: "马超", FormerPhones: []string{"13900138000"}})
		if got := s.names(boss, 1, "8000"); !slices.Equal(got, []string{"赵云", "马超"}) {
			t.Fatal(got)
		}
		if _, err := op.Run(optest.As(t.Context(), 1, 1, access.Manager), s.door, endPhones, id); err != nil {
			t.Fatal(err)
		}
		if got := s.names(boss, 1, "8000"); !slices.Equal(got, []string{"马超", "赵云"}) {
			t.Error("a number that ended: ", got)
		}
		s.put(facts{ID: id, Estate: 1, Name: "赵子龙"})
		if got := s.names(boss, 1, "赵云"); got != nil {
			t.Error("the old name: ", got)
		}
		if got := s.names(boss, 1, "zzl"); !slices.Equal(got, []string{"赵子龙"}) {
			t.Error("the new name: ", got)
		}
		if _, err := op.Run(optest.As(t.Context(), 1, 1, access.Manager), s.door, drop, other); err != nil {
			t.Fatal(err)
		}
		if got := s.names(boss, 1, "8000"); !slices.Equal(got, []string{"赵子龙"}) {
			t.Error("a thing that is no more: ", got)
		}
	})
}

// An index made by another version, or left behind, is made anew; two programs on one database do not harm each other.
func TestOpen_MadeAnew(t *testing.T) {
	each(t, func(s *scene) {
		s.put(facts{Estate: 1, Name: "赵云"})
		if got := s.names(boss, 1, "赵云"); len(got) != 1 {
			t.Fatal(got)
		}
		changed := people
		changed.Version = 2
		first, second := s.open(changed), s.open(changed)
		errs := make(chan error)
		for _, x := range []*search.Index{first, second} {
			go func() { errs <- x.CatchUp(t.Context()) }()
		}
		for range 2 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		found, err := second.Find(t.Context(), boss, 1, "赵云", 8)
		if err != nil || len(found.Hits) != 1 || found.Behind {
			t.Error(found, err)
		}
	})
}

// Nobody follows: the answer is what there is, and says that it may be incomplete.
func TestFind_BehindIsTold(t *testing.T) {
	each(t, func(s *scene) {
		s.put(facts{Estate: 1, Name: "赵云"})
		s.names(boss, 1, "赵云")
		idle := s.open(people)
		found, err := idle.Find(t.Context(), boss, 1, "赵云", 8)
		if err != nil || !found.Behind || len(found.Hits) != 1 {
			t.Error(found, err)
		}
	})
}

// The index file and PostgreSQL's tables hold no number that lies sealed in a row, and no note.
func TestIndex_HoldsNoSealedFact(t *testing.T) {
	each(t, func(s *scene) {
		s.put(facts{Estate: 1, Name: "赵云", Number: "11010519491231002X", Note: "常山赵子龙", Phones: []string{"13800138000"}, FormerPhones: []string{"13912345678"}})
		if got := s.names(boss, 1, "13800138000"); len(got) != 1 {
			t.Fatal(got)
		}
		all := s.bytes()
		if !bytes.Contains(all, []byte("h赵云")) {
			t.Error("the test looks at the wrong bytes")
		}
		for _, secret := range []string{"13800138000", "0138", "8000", "13912345678", "5678", "11010519491231002X", "002X", "110105", "常山", "子龙"} {
			if bytes.Contains(bytes.ToUpper(all), bytes.ToUpper([]byte(secret))) {
				t.Errorf("%s stands in the index", secret)
			}
		}
	})
}

// bytes is everything the index keeps; of the file on SQLite also its terms, which stand in it shortened.
func (s *scene) bytes() []byte {
	s.t.Helper()
	if s.door.DB.Engine() == db.Postgres {
		return s.terms()
	}
	all := s.fileTerms()
	for _, end := range []string{"", "-wal"} {
		raw, err := os.ReadFile(s.file + end)
		if err != nil {
			s.t.Fatal(err)
		}
		all = append(all, raw...)
	}
	return all
}

// fileTerms is every term of SQLite's index.
func (s *scene) fileTerms() (all []byte) {
	s.t.Helper()
	raw, err := sql.Open("sqlite", s.file)
	if err != nil {
		s.t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	if _, err := raw.Exec(`CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search_token, row)`); err != nil {
		s.t.Fatal(err)
	}
	rows, err := raw.Query(`SELECT term FROM terms`)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			s.t.Fatal(err)
		}
		all = append(all, text+"\n"...)
	}
	return all
}

// terms is every lexeme of PostgreSQL's table.
func (s *scene) terms() (all []byte) {
	s.t.Helper()
	err := db.Rows(s.t.Context(), s.door.DB.Read(), func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		all = append(all, text...)
		return err
	}, `SELECT tokens::text FROM derived.search_doc`)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// What was not listed is told; all of a group are listed alone, and that there are more than anybody looks through is told too.
func TestFind_Left(t *testing.T) {
	each(t, func(s *scene) {
		for range 12 {
			s.put(facts{Estate: 1, Name: "王一"})
		}
		found, err := s.Find(t.Context(), boss, access.Company, "王一", 8)
		if err != nil || len(found.Hits) != 8 || len(found.Left) != 1 || found.Left[0].All != 12 || found.Left[0].Least {
			t.Errorf("%d hits, left %+v, %v", len(found.Hits), found.Left, err)
		}
		all, err := s.FindAll(t.Context(), boss, access.Company, "王一", found.Hits[0].Group)
		if err != nil || len(all.Hits) != 12 || len(all.Left) > 0 || all.Full {
			t.Errorf("all: %d hits, left %+v, full %v, %v", len(all.Hits), all.Left, all.Full, err)
		}
		if none, err := s.FindAll(t.Context(), boss, access.Company, "王一", "another"); err != nil || len(none.Hits) > 0 {
			t.Errorf("another group: %d %v", len(none.Hits), err)
		}
		for range 200 {
			s.put(facts{Estate: 1, Name: "王一"})
		}
		if all, err = s.FindAll(t.Context(), boss, access.Company, "王一", found.Hits[0].Group); err != nil || len(all.Hits) != 200 || !all.Full {
			t.Errorf("too many: %d hits, full %v, %v", len(all.Hits), all.Full, err)
		}
	})
}
