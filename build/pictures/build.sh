#!/usr/bin/env bash
# Builds internal/platform/render/pictures.wasm from Debian's sources of libtiff, libjpeg-turbo, libpng, libwebp and zlib.
# It runs on Debian 12 with: clang lld wasi-libc libclang-rt-dev-wasm32 binaryen dpkg-dev, and a deb-src line for apt.
# SOURCES names a folder in which the sources lie unpacked already (as apt-get source leaves them); WORK one whose objects are
# taken where they are newer than their file.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${WORK:-$(mktemp -d)}
trap '[ -n "${WORK:-}" ] || rm -rf "$work"' EXIT
src=${SOURCES:-$work/src}
if [ ! -d "$src" ]; then
	mkdir "$src"
	(cd "$src" && apt-get source tiff=4.5.0-6+deb12u4 libjpeg-turbo=1:2.1.5-2 libpng1.6=1.6.39-2+deb12u5 libwebp=1.2.4-0.2+deb12u1 zlib=1:1.2.13.dfsg-1)
fi
tiff=$src/tiff-4.5.0/libtiff jpeg=$src/libjpeg-turbo-2.1.5 png=$src/libpng1.6-1.6.39 webp=$src/libwebp-1.2.4 zlib=$src/zlib-1.2.13.dfsg
mkdir -p "$work/include" "$work/o"
cp "$here"/config/*.h "$work/include"
sed 's/@COPYRIGHT_YEAR@/1991-2023/' "$jpeg/jversion.h.in" >"$work/include/jversion.h"
# libpng without what it would need a long jump, a file or a writer for.
sed -E -e '/PNG_(SETJMP|SIMPLIFIED_READ|SIMPLIFIED_WRITE|SIMPLIFIED_READ_AFIRST|SIMPLIFIED_READ_BGR|STDIO|CONSOLE_IO|WRITE[A-Z_0-9]*|SAVE_INT_32|CONVERT_tIME|SET_OPTION)_SUPPORTED/d' "$png/scripts/pnglibconf.h.prebuilt" >"$work/include/pnglibconf.h"
# libtiff 4.5.0 refuses uncompressed tiles unless the file is mapped: it compares their size with a buffer that it rounds up.
sed 's/if (tif->tif_rawdatasize != tilesize)/if (tif->tif_rawdatasize < tilesize)/' "$tiff/tif_read.c" >"$work/tif_read.c"
if cmp -s "$tiff/tif_read.c" "$work/tif_read.c"; then echo "tif_read.c is not as this script knows it" >&2; exit 1; fi

flags=(--target=wasm32-wasi -O2 -ffile-prefix-map="$work"=. -ffile-prefix-map="$src"=. -ffile-prefix-map="$here"=. -w -DNDEBUG -D_WASI_EMULATED_SIGNAL
	-I"$work/include" -I"$tiff" -I"$jpeg" -I"$png" -I"$webp" -I"$zlib" -I"$here")
files=(
	"$here"/{pictures,jpeg,png,tiff,webp}.c
	"$tiff"/tif_{aux,close,codec,color,compress,dir,dirinfo,dirread,dirwrite,dumpmode,error,extension,fax3,fax3sm,flush,getimage,hash_set,jpeg,luv,lzw,next,ojpeg,open,packbits,predict,print,strip,swab,thunder,tile,version,warning,write,zip}.c
	"$work"/tif_read.c
	"$jpeg"/{jcapimin,jcapistd,jccoefct,jccolor,jcdctmgr,jchuff,jcicc,jcinit,jcmainct,jcmarker,jcmaster,jcparam,jcphuff,jcprepct,jcsample,jctrans,jfdctflt,jfdctfst,jfdctint,jsimd_none}.c # the TIFF codec names the writer too
	"$jpeg"/{jaricom,jcomapi,jdapimin,jdapistd,jdarith,jdatasrc,jdcoefct,jdcolor,jddctmgr,jdhuff,jdinput,jdmainct,jdmarker,jdmaster,jdmerge,jdphuff,jdpostct,jdsample,jerror,jidctflt,jidctfst,jidctint,jidctred,jmemmgr,jmemnobs,jquant1,jquant2,jutils}.c
	"$png"/{png,pngerror,pngget,pngmem,pngread,pngrio,pngrtran,pngrutil,pngset,pngtrans}.c
	"$webp"/src/{dec,demux}/*.c "$webp"/src/utils/{bit_reader_utils,color_cache_utils,filters_utils,huffman_utils,quant_levels_dec_utils,random_utils,rescaler_utils,thread_utils,utils}.c
	"$webp"/src/dsp/{alpha_processing,cpu,dec,dec_clip_tables,filters,lossless,rescaler,upsampling,yuv}.c
	"$zlib"/{adler32,crc32,inffast,inflate,inftrees,zutil,compress,deflate,trees,uncompr}.c
)
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I{} sh -c 'o="$0/$(echo {} | cksum | cut -d" " -f1).o"; [ "$o" -nt {} ] || clang "$@" -c {} -o "$o"' "$work/o" "${flags[@]}"
# In a fixed order, so that the same sources give the same bytes.
objects=(); for f in "${files[@]}"; do objects+=("$work/o/$(echo "$f" | cksum | cut -d' ' -f1).o"); done
clang --target=wasm32-wasi -mexec-model=reactor -Wl,--gc-sections -Wl,--error-limit=0 -Wl,--strip-all -Wl,-z,stack-size=262144 -Wl,--max-memory=335544320 \
	"${objects[@]}" -lwasi-emulated-signal -o "$work/pictures.wasm"
wasm-opt -O2 --strip-producers "$work/pictures.wasm" -o "$here/../../internal/platform/render/pictures.wasm"
ls -l "$here/../../internal/platform/render/pictures.wasm"
sha256sum "$here/../../internal/platform/render/pictures.wasm" | cut -d' ' -f1
