#!/usr/bin/env python3
"""Memory of the whole process tree while papers come in and are shown: papers.py PID LINK FILE...

PID is a running `hudang demo` or `hudang serve` (Linux), LINK a one-time sign-in link of a clerk. Each file goes up by the page,
is opened, and its first page is asked for at 2,800 pixels. Printed: summed PSS in MiB (the program and its children, shared
pages in parts) before, at the most, and 30 seconds afterwards; seconds of the upload and of the picture.
"""
import http.cookiejar, os, re, sys, threading, time, urllib.parse, urllib.request, uuid

pid, link, files = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
base = re.match(r"https?://[^/]+", link)[0]
web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def tree():
    parents = {}
    for p in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents[int(p)] = int(open(f"/proc/{p}/stat").read().rsplit(") ", 1)[1].split()[1])
        except OSError:
            pass
    mine, grown = {pid}, True
    while grown:
        more = {p for p, up in parents.items() if up in mine} - mine
        mine, grown = mine | more, bool(more)
    total = 0
    for p in mine:
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", open(f"/proc/{p}/smaps_rollup").read(), re.M)[1])
        except (OSError, TypeError):
            pass
    return total // 1024


def get(path):
    return web.open(base + path if path.startswith("/") else path, timeout=300)


def fields(page, action):
    form = re.search(r'<form[^>]*action="%s".*?</form>' % re.escape(action), page, re.S)[0]
    return {m[1]: m[2] for m in re.finditer(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)}


def send(path, action, values, file=None):
    page = get(path).read().decode()
    values = {**fields(page, action), **values}
    mark, body = uuid.uuid4().hex, b""
    for k, v in values.items():
        body += f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
    if file:
        body += f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{os.path.basename(file)}"\r\n\r\n'.encode() + open(file, "rb").read() + b"\r\n"
        request = urllib.request.Request(base + action, body + f"--{mark}--\r\n".encode(), {"Content-Type": "multipart/form-data; boundary=" + mark, "Origin": base})
    else:
        request = urllib.request.Request(base + action, urllib.parse.urlencode(values).encode(), {"Origin": base})
    return web.open(request, timeout=600)


send(link, link[len(base):], {})
estate = re.search(r'<option value="(\d+)"', get("/volumes/new").read().decode())
volume = send("/volumes/new", "/volumes/new", {"title": "量内存", **({"estate": estate[1]} if estate else {})}).geturl()[len(base):]
for file in files:
    most, over = [0], threading.Event()
    def watch():
        while not over.is_set():
            most[0] = max(most[0], tree())
            time.sleep(0.05)
    before, begun = tree(), time.time()
    watcher = threading.Thread(target=watch)
    watcher.start()
    send(volume, volume + "/items", {"title": os.path.basename(file), "original": "original", "how": "each"}, file)
    taken = time.time() - begun
    item = re.findall(r'href="(/items/\d+)"', get(volume).read().decode())[-1]
    begun = time.time()
    picture = get(item + "/pages/1.jpg?w=2800").read()
    shown = time.time() - begun
    over.set()
    watcher.join()
    time.sleep(30)
    print(f"{os.path.basename(file):24} before {before:4}  most {most[0]:4}  after 30 s {tree():4} MiB; upload {taken:5.1f} s, picture {shown:5.1f} s, {len(picture)} bytes", flush=True)
