// What the parts of pictures.wasm share. See README.md.
#ifndef PICTURES_H
#define PICTURES_H

#include <stdint.h>

#define HOST(name) __attribute__((import_module("host"), import_name(name)))

// The host reads the file for us, takes finished rows, and ends a call that cannot go on.
HOST("read") int32_t host_read(uint64_t offset, void *to, uint32_t n);
HOST("row") void host_row(uint32_t y, const uint8_t *rgb);
HOST("warn") void host_warn(const char *text);
HOST("fail") _Noreturn void host_fail(const char *text);

// facts is what a picture's head says. Go reads it as so many uint32.
struct facts {
	uint32_t pages, width, height;
	uint32_t orientation;  // 1 to 8 as in EXIF
	uint32_t across, down; // dots per inch in thousandths; 0 when not known
	uint32_t kept;         // bytes that drawing must hold at once, in KiB, beside a few rows
};

// scaler makes rows of one width out of rows of another, by area. Rows come from the top.
struct scaler {
	uint32_t w, h, ow, oh;
	uint32_t y, filled; // output row being filled, and how much of it
	uint32_t *across;
	float *sum;
	uint8_t *out;
};

void *need(uint64_t n);
void scale_start(struct scaler *s, uint32_t w, uint32_t h, uint32_t ow, uint32_t oh);
void scale_row(struct scaler *s, const uint8_t *rgb);

void jpeg_facts(struct facts *f);
void jpeg_draw(uint32_t ow, uint32_t oh);
void png_facts(struct facts *f);
void png_draw(uint32_t ow, uint32_t oh);
void tiff_facts(uint32_t page, struct facts *f);
void tiff_draw(uint32_t page, uint32_t ow, uint32_t oh);
void webp_facts(struct facts *f);
void webp_draw(uint32_t ow, uint32_t oh);

extern uint64_t file_size;

#endif
