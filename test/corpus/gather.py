#!/usr/bin/env python3
"""Gathers odd files for the test of this folder: gather.py DIR

Takes test material of Go modules and Debian source packages (at most MOST of each, chosen by the hash of their names, so that
another time brings the same), and makes variants with the tools that people's programs are made of: ImageMagick, libtiff, libwebp,
libheif, qpdf, Ghostscript, MuPDF, ReportLab, LibreOffice, 7-Zip. What a machine has not got is left out and named. Nothing of it
is kept in the repository.

Debian: apt-get install qpdf ghostscript imagemagick mupdf-tools 7zip python3-reportlab webp libtiff-tools libheif-examples \
  poppler-utils libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui, and deb-src lines.
"""
import base64, hashlib, json, os, pathlib, shutil, subprocess, sys, tarfile, tempfile

MOST = 60
MODULES = ["github.com/pdfcpu/pdfcpu", "github.com/gabriel-vasile/mimetype", "github.com/bodgit/sevenzip", "github.com/jhillyerd/enmime",
           "github.com/h2non/filetype", "github.com/klippa-app/go-pdfium", "golang.org/x/image", "github.com/richardlehane/mscfb",
           "github.com/extrame/xls", "github.com/rwcarlsen/goexif", "github.com/disintegration/imaging", "github.com/gen2brain/avif",
           "github.com/gen2brain/heic", "github.com/xuri/excelize/v2"]
PACKAGES = ["pillow", "qpdf", "tiff", "pdfminer", "libemail-outlook-message-perl", "catdoc", "libwebp"]
KINDS = """pdf jpg jpeg jpe jfif png apng tif tiff webp bmp dib gif heic heif avif jp2 j2k docx docm doc dot xlsx xlsm xls xlsb pptx ppt odt ods
odp rtf txt csv eml msg mht zip rar 7z tar gz bz2 xz ofd xps epub mp3 mp4 m4a mov wav ogg amr ico psd pcx tga ppm pgm pbm emf wmf eps ps
svg html htm exe dll jar js py sh bat dwg dxf one mdb sqlite icns dds fli im msp spider sgi xbm xpm fts hdf bufr icc cur""".split()

out = pathlib.Path(sys.argv[1]).resolve()
out.mkdir(parents=True, exist_ok=True)
work = pathlib.Path(tempfile.mkdtemp())
missing = set()


def run(*cmd, **more):
    if not shutil.which(cmd[0]):
        missing.add(cmd[0])
        return False
    done = subprocess.run([str(c) for c in cmd], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180, cwd=work, **more)
    return done.returncode in (0, 3)  # qpdf warns with 3


def take(name, folder):
    """Copies some files of a folder, by the hash of their names."""
    files = [f for f in pathlib.Path(folder).rglob("*") if f.is_file() and not f.is_symlink() and f.suffix[1:].lower() in KINDS
             and 0 < f.stat().st_size < 20 << 20 and not str(f).endswith((".pdf.out", "_test.py")) and "/." not in str(f)]
    if not any(p in name for p in ("mimetype", "filetype")):
        files = [f for f in files if f.suffix not in (".py", ".sh", ".js", ".html", ".htm")]
    key = lambda f: hashlib.sha256(str(f.relative_to(folder)).encode()).hexdigest()
    by_kind, chosen = {}, []
    for f in sorted(files, key=key):
        by_kind.setdefault(f.suffix.lower(), []).append(f)
    while len(chosen) < MOST and any(by_kind.values()):  # kinds in turn, so that a rare one is there
        for kind in sorted(by_kind):
            if by_kind[kind] and len(chosen) < MOST:
                chosen.append(by_kind[kind].pop(0))
    for f in chosen:
        shutil.copy(f, out / f"{name}--{key(f)[:6]}-{f.name}")


def material():
    os.makedirs(work / "mod")
    (work / "mod" / "go.mod").write_text("module gathering\n\ngo 1.24\n")
    for m in MODULES:
        got = subprocess.run(["go", "mod", "download", "-json", m + "@latest"], cwd=work / "mod", capture_output=True, text=True)
        folder = json.loads(got.stdout or "{}").get("Dir")
        if folder:
            take(m.split("/")[-1] if not m.endswith("/v2") else m.split("/")[-2], folder)
        else:
            missing.add(m)
    for p in PACKAGES:
        folder = work / p
        folder.mkdir()
        local = os.environ.get("SOURCES")  # a folder of source archives fetched before
        if not local:
            subprocess.run(["apt-get", "source", "--download-only", p], cwd=folder, capture_output=True)
        for t in (pathlib.Path(local).glob(p + "_*.orig.tar.*") if local else folder.glob("*.orig.tar.*")):
            if t.suffix != ".asc":
                with tarfile.open(t) as archive:
                    archive.extractall(folder, filter="data") if hasattr(tarfile, "data_filter") else archive.extractall(folder)
        take(p, folder)


def pictures():
    run("convert", "-size", "900x1200", "gradient:white-gray90", "-fill", "black", "-pointsize", "60", "-annotate", "+80+160", "Contract 2-301",
        "-fill", "red", "-draw", "circle 650,900 650,1040", "-fill", "blue", "-draw", "rectangle 80,300 500,420", "-alpha", "off", "-depth", "8", "base.png")
    tiffs = ["-compress lzw", "-compress zip", "-compress none", "-compress jpeg", "-compress rle", "-compress webp", "-compress zstd", "-compress lzma",
             "-monochrome -compress group4", "-monochrome -compress fax", "-monochrome -compress rle", "-colorspace gray -depth 8 -compress lzw", "-colorspace gray -depth 16 -compress zip",
             "-colorspace gray -depth 4 -compress none", "-colorspace gray -depth 2 -compress lzw", "-depth 16 -compress lzw", "-colorspace cmyk -compress lzw", "-colorspace cmyk -compress jpeg", "-colorspace lab -compress lzw",
             "-colors 16 -compress lzw", "-colors 200 -compress zip", "-alpha set -channel a -evaluate set 60% +channel -compress lzw", "-alpha set -channel a -evaluate set 60% +channel -compress zip -colorspace gray", "-alpha set -channel a -evaluate set 60% +channel -colorspace cmyk -compress lzw", "-alpha set -channel a -evaluate set 60% +channel -colors 16 -compress lzw", "-alpha set -channel a -evaluate set 60% +channel -depth 16 -compress lzw", "-interlace plane -compress lzw", "-endian msb -compress zip",
             "-define tiff:tile-geometry=128x128 -compress zip", "-define tiff:tile-geometry=64x64 -compress jpeg", "-define tiff:rows-per-strip=1 -compress lzw", "-define tiff:fill-order=lsb -monochrome -compress group4",
             "-orient righttop", "-orient bottomright -compress jpeg", "-orient leftbottom -monochrome -compress group4", "-density 204x98 -units PixelsPerInch -monochrome -compress fax",
             "-define quantum:format=floating-point -depth 32 -compress zip", "-colorspace ycbcr -compress none"]
    for n, options in enumerate(tiffs):
        run("convert", "base.png", *options.split(), out / f"made--tiff{n:02d}.tif")
    run("convert", "base.png", "-rotate", "0", "(", "base.png", "-negate", ")", "(", "base.png", "-resize", "50%", ")", "-compress", "lzw", out / "made--pages.tif")
    for n, options in enumerate(["-8 -c lzw", "-8 -t -w 64 -l 64 -c zip", "-p separate -c none", "-p separate -c lzw", "-c g3:2d", "-c g3:1d", "-c g4", "-B -c packbits", "-c jpeg:r:50"]):
        source = "mono.tif" if " g" in options else "plain.tif"
        run("convert", "base.png", "-compress", "none", "plain.tif")
        run("convert", "base.png", "-monochrome", "-compress", "none", "mono.tif")
        run("tiffcp", *options.split(), source, out / f"made--tiffcp{n}.tif")
    for n, options in enumerate(["-quality 5", "-quality 100", "-interlace JPEG", "-colorspace gray", "-colorspace cmyk", "-sampling-factor 4:4:4", "-sampling-factor 4:1:1", "-sampling-factor 1x2", "-define jpeg:optimize-coding=false",
                                 "-define jpeg:arithmetic-coding=on", "-orient rightbottom", "-orient topright", "-resize 1x1!", "-resize 3000x20!", "-density 300", "-define jpeg:restart-interval=4", "-set comment x", "-colorspace rgb"]):
        run("convert", "base.png", *options.split(), out / f"made--jpeg{n:02d}.jpg")
    for n, options in enumerate(["PNG8:", "PNG24:", "PNG32:", "PNG48:", "PNG64:", "PNG00:"]):
        run("convert", "base.png", options + str(out / f"made--png{n}.png"))
    for n, options in enumerate(["-interlace png", "-monochrome", "-colorspace gray -depth 16", "-colors 3", "-transparent white", "-alpha set -channel a -evaluate set 30% +channel", "-gamma 1.8", "-resize 1x5000!", "-density 72 -orient righttop"]):
        run("convert", "base.png", *options.split(), out / f"made--pngs{n}.png")
    for n, options in enumerate(["-lossless", "-q 20", "-q 90 -m 6", "-lossless -z 9", "-near_lossless 40", "-q 50 -alpha_q 30", "-jpeg_like", "-sharp_yuv"]):
        run("cwebp", *options.split(), "base.png", "-o", out / f"made--webp{n}.webp")
    for n, options in enumerate(["BMP3:", "BMP2:", "BMP:"]):
        run("convert", "base.png", options + str(out / f"made--bmp{n}.bmp"))
    for n, options in enumerate(["-colors 256 -compress none BMP3:", "-colors 16 BMP3:", "-monochrome BMP3:", "-colors 256 -compress rle BMP3:", "-alpha set BMP:", "-define bmp:subtype=RGB565 BMP:", "-define bmp:subtype=RGB555 BMP:", "-flip BMP3:"]):
        words = options.split()
        run("convert", "base.png", *words[:-1], words[-1] + str(out / f"made--bmps{n}.bmp"))
    for n, options in enumerate(["", "-interlace gif", "-transparent white", "-monochrome", "-colors 4", "( +clone -negate ) -delay 20 -loop 0"]):
        run("convert", "base.png", *options.split(), out / f"made--gif{n}.gif")
    for n, options in enumerate(["-q 50", "-q 90", "-L", "-t 120", "--no-alpha"]):
        run("heif-enc", *options.split(), "base.png", "-o", out / f"made--heic{n}.heic")
    run("heif-enc", "-A", "base.png", "-o", out / "made--avif.avif")
    for kind in ["jp2", "j2k", "ico", "psd", "pcx", "tga", "ppm", "pgm", "pbm", "eps", "svg", "dds", "fits", "pdf", "xpm", "mng"]:
        run("convert", "base.png", "-resize", "200x200", out / f"made--other.{kind}")
    for name, source in [("PNG as.jpg", "made--png1.png"), ("HEIC as.jpg", "made--heic0.heic"), ("WebP as.png", "made--webp1.webp"), ("TIFF as.pdf", "made--tiff00.tif"), ("without extension", "made--jpeg01.jpg"), ("GIF as.bmp", "made--gif0.gif")]:
        if (out / source).exists():
            shutil.copy(out / source, out / f"made--{name}")
    for source, cut in [("made--jpeg01.jpg", 0.5), ("made--png1.png", 0.6), ("made--tiff00.tif", 0.4), ("made--webp1.webp", 0.5), ("made--gif0.gif", 0.5), ("made--bmp0.bmp", 0.5)]:
        if (out / source).exists():
            raw = (out / source).read_bytes()
            (out / f"made--cut-{source[6:]}").write_bytes(raw[:int(len(raw) * cut)])


def papers():
    try:
        from reportlab.pdfgen import canvas
        from reportlab.lib.pagesizes import A3, A4, landscape
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    except ImportError:
        missing.add("python3-reportlab")
        return
    def sheet(name, size=A4, pages=1, font="Helvetica", text="Contract of lease 2-301", draw=None, **more):
        c = canvas.Canvas(str(out / f"made--{name}.pdf"), pagesize=size, **more)
        for n in range(pages):
            c.setFont(font, 18)
            c.drawString(60, size[1] - 100, f"{text} {n + 1}")
            c.rect(60, 60, 200, 100)
            if draw:
                draw(c)
            c.showPage()
        c.save()
    for font in ["STSong-Light", "MSung-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium"]:
        pdfmetrics.registerFont(UnicodeCIDFont(font))
        sheet("cid-" + font, font=font, text="物业服务合同 张伟")
    sheet("plain"); sheet("a3", landscape(A3)); sheet("tiny", (30, 30)); sheet("wide", (3000, 60)); sheet("pages", pages=120)
    sheet("packed", pageCompression=1); sheet("old", pdfVersion=(1, 2))
    sheet("locked", encrypt="secret")
    def fields(c):
        c.acroForm.textfield(name="name", value="Zhang Wei 13812345678", x=60, y=300, width=300, height=30)
        c.acroForm.checkbox(name="box", checked=True, x=60, y=250)
        c.acroForm.choice(name="kind", value="owner", options=["owner", "tenant"], x=60, y=200, width=100, height=25)
    sheet("fields", draw=fields)
    sheet("outlined", draw=lambda c: (c.bookmarkPage("a"), c.addOutlineEntry("a", "a")))
    sheet("picture", draw=lambda c: c.drawImage(str(work / "base.png"), 200, 200, 300, 400))
    base = out / "made--pages.pdf"
    few = out / "made--picture.pdf"
    for name, options in {"linear": "--linearize", "objstm": "--object-streams=generate", "qdf": "--qdf", "plainstreams": "--stream-data=uncompress", "pdf20": "--force-version=2.0", "flate9": "--recompress-flate --compression-level=9",
                          "turned": "--rotate=+90", "owner": "--allow-weak-crypto --encrypt  owner 40 --", "rc4": "--allow-weak-crypto --encrypt  owner 128 --", "aes128": "--allow-weak-crypto --encrypt  owner 128 --use-aes=y --", "aes256": "--encrypt  owner 256 --", "user256": "--encrypt user owner 256 --"}.items():
        words = options.split(" ")
        if "--encrypt" in words and name != "user256":
            words[words.index("--encrypt") + 1] = ""
        run("qpdf", *words, few, out / f"made--qpdf-{name}.pdf")
    if few.exists():
        raw = few.read_bytes()
        (out / "made--before.pdf").write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + raw)
        (out / "made--behind.pdf").write_bytes(raw + b"\r\n<!-- from a scanner -->" * 50)
        (out / "made--nostartxref.pdf").write_bytes(raw[:raw.rfind(b"startxref")])
        (out / "made--noxref.pdf").write_bytes(raw[:raw.rfind(b"xref\n0")])
        (out / "made--half.pdf").write_bytes(raw[:len(raw) // 2])
        (out / "made--crlf.pdf").write_bytes(b"%PDF-1.4\r\n" + raw[raw.index(b"\n") + 1:])
        (out / "made--zeros.pdf").write_bytes(raw + b"\0" * 4096)
        (out / "made--version.pdf").write_bytes(raw.replace(b"%PDF-1.3", b"%PDF-9.9", 1))
    for name, options in {"gs12": "-dCompatibilityLevel=1.2", "gs14": "-dCompatibilityLevel=1.4", "gsscreen": "-dPDFSETTINGS=/screen", "gspdfa": "-dPDFA=2"}.items():
        run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", *options.split(), f"-sOutputFile={out}/made--{name}.pdf", few)
    for device in ["tiffg4", "tiffg3", "tiff24nc", "tiffgray", "tiffsep1", "tiff32nc", "tifflzw", "tiffpack", "jpeg", "jpegcmyk", "png16m", "pngmono", "bmp16m", "bmpmono", "pcx24b", "xpswrite", "docxwrite"]:
        run("gs", "-q", "-dBATCH", "-dNOPAUSE", f"-sDEVICE={device}", "-r100", f"-sOutputFile={out}/made--gs-{device}." + {"t": "tif", "j": "jpg", "p": "png", "b": "bmp", "x": "xps", "d": "docx"}["x" if device == "xpswrite" else "d" if device == "docxwrite" else "p" if device.startswith("png") else device[0]], few)
    run("mutool", "clean", "-gggg", few, out / "made--mutool.pdf")
    run("mutool", "convert", "-o", out / "made--mutool-again.pdf", few)


def office():
    (work / "letter.html").write_text("<html><meta charset=utf-8><h1>停水通知</h1><p>各位业主：11 月 20 日 9:00 停水。<table border=1><tr><td>3-1-1202</td><td>张伟</td></tr></table></html>", "utf-8")
    (work / "table.csv").write_text("房号,业主,电话\n3-1-1202,张伟,13812345678\n3-1-1203,李敏,\n", "utf-8")
    def to(kind, source, name, infilter=None):
        more = [f"--infilter={infilter}"] if infilter else []
        if run("soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", *more, "--convert-to", kind, "--outdir", work / "made", work / source):
            for f in (work / "made").glob("*"):
                shutil.move(f, out / f"made--{name}.{kind.split(':')[0]}")
    for kind in ["odt", "docx", "doc", "rtf", "pdf", "txt:Text", "epub", "fodt"]:
        to(kind, "letter.html", "letter", "HTML (StarWriter)")
    for kind in ["ods", "xlsx", "xls", "pdf", "fods"]:
        to(kind, "table.csv", "table", "CSV:44,34,76,1")
    if (out / "made--letter.odt").exists():
        shutil.copy(out / "made--letter.odt", work / "slides.odt")
    (work / "slides.fodp").write_text("""<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation><draw:page><draw:frame
 svg:x="2cm" svg:y="2cm" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>停水通知 张伟</text:p></draw:text-box></draw:frame></draw:page></office:presentation></office:body></office:document>""", "utf-8")
    for kind in ["odp", "pptx", "ppt"]:
        to(kind, "slides.fodp", "slides")


def packed():
    for kind, options in {"zip": [], "7z": [], "tar": []}.items():
        run("7zz", "a", *options, out / f"made--packed.{kind}", work / "base.png", work / "table.csv")
    run("7zz", "a", "-psecret", out / "made--locked.7z", work / "table.csv")
    run("7zz", "a", "-psecret", out / "made--locked.zip", work / "table.csv")
    run("7zz", "a", "-psecret", "-mhe=on", out / "made--lockednames.7z", work / "table.csv")
    run("7zz", "a", "-tgzip", out / "made--packed.gz", work / "table.csv")
    run("7zz", "a", "-txz", out / "made--packed.xz", work / "table.csv")
    picture = base64.encodebytes((work / "base.png").read_bytes()).decode() if (work / "base.png").exists() else ""
    (out / "made--mail.eml").write_text("From: a@example.com\r\nTo: b@example.com\r\nSubject: =?gb18030?B?zazLroTNzag=?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n停水\r\n--x\r\nContent-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + picture + "--x--\r\n", "utf-8")
    for name, text in {"gbk.txt": "物业服务中心：明天停水，请相互转告。".encode("gbk"), "utf16.txt": "明天停水".encode("utf-16"), "big5.txt": "物業服務中心：明天停水，請相互轉告。".encode("big5"), "empty lines.txt": b"\n\n", "notes.md": "# 通知\n".encode(), "list.csv": "房号,姓名\r\n101,张三\r\n".encode("gb18030"),
                       "page.html": b"<html><body>x</body></html>", "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "run.bat": b"@echo off\r\n", "run.sh": b"#!/bin/sh\necho\n", "x.js": b"alert(1)", "setup.exe": b"MZ\x90\0" + b"\0" * 200, "link.url": b"[InternetShortcut]\r\nURL=http://example.com\r\n", "noise.dat": bytes(range(256)) * 4}.items():
        (out / f"made--{name}").write_bytes(text)


for part in (pictures, papers, office, packed, material):
    part()
print(f"{len(list(out.iterdir()))} files in {out}; not there: {', '.join(sorted(missing)) or 'nothing'}")
shutil.rmtree(work, ignore_errors=True)
