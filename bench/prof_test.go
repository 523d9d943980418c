package main
import ("testing";"context";"os";"runtime/pprof";"time";"hudang/internal/platform/evidence")
func TestProf(t *testing.T){
 which:=os.Getenv("ENGINE")
 eng,shut,err:=startEngines(which,t.TempDir()); if err!=nil {t.Fatal(err)}; defer shut()
 d,err:=eng[0].desk(context.Background(),"verify"); if err!=nil {t.Fatal(err)}
 if err:=fill(context.Background(),d,20000); err!=nil {t.Fatal(err)}
 f,_:=os.Create("/tmp/v.prof"); pprof.StartCPUProfile(f)
 for range 4 { s:=time.Now(); c:=cpu()
 id := evidence.Identity{Installation: d.door.Vault.Installation(), VerifierKey: d.door.Vault.VerifierKey()}
 r,err:=evidence.Verify(context.Background(), d.door.DB.Read(), d.door.Tables, id, nil, nil)
 t.Log(r.Leaves,len(r.Findings),err,time.Since(s),cpu()-c) }
 pprof.StopCPUProfile()
}
