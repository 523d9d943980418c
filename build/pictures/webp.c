// WebP, by libwebp, at the size that is wanted. Of an animation the first picture.
#include <stdlib.h>
#include <string.h>

#include "src/webp/decode.h"
#include "src/webp/demux.h"
#include "pictures.h"

static uint8_t *whole(void) {
	if (file_size > 64 << 20) host_fail("too large: a WebP of so many bytes");
	uint8_t *all = need(file_size);
	for (uint64_t at = 0; at < file_size;) {
		int32_t got = host_read(at, all + at, file_size - at > 1 << 20 ? 1 << 20 : (uint32_t)(file_size - at));
		if (got <= 0) break;
		at += got;
	}
	return all;
}

static void first(const uint8_t *all, WebPData *part, WebPBitstreamFeatures *f) {
	part->bytes = all, part->size = file_size;
	WebPDemuxState state;
	WebPDemuxer *d = WebPDemuxPartial(part, &state);
	WebPIterator frame;
	if (d && WebPDemuxGetFrame(d, 1, &frame)) *part = frame.fragment;
	if (WebPGetFeatures(part->bytes, part->size, f) != VP8_STATUS_OK) host_fail("no WebP");
}

void webp_facts(struct facts *f) {
	WebPData part;
	WebPBitstreamFeatures head;
	first(whole(), &part, &head);
	f->width = head.width, f->height = head.height;
	f->kept = (uint32_t)((file_size + (head.format == 2 ? (uint64_t)head.width * head.height * 4 : 0)) >> 10);
}

void webp_draw(uint32_t ow, uint32_t oh) {
	WebPData part;
	WebPDecoderConfig c;
	WebPInitDecoderConfig(&c);
	first(whole(), &part, &c.input);
	c.options.use_scaling = ow != (uint32_t)c.input.width || oh != (uint32_t)c.input.height;
	c.options.scaled_width = ow, c.options.scaled_height = oh;
	c.output.colorspace = MODE_rgbA;
	c.output.u.RGBA.stride = ow * 4;
	c.output.u.RGBA.size = (size_t)ow * 4 * oh;
	c.output.u.RGBA.rgba = need(c.output.u.RGBA.size);
	memset(c.output.u.RGBA.rgba, 255, c.output.u.RGBA.size);
	c.output.is_external_memory = 1;
	if (WebPDecode(part.bytes, part.size, &c) != VP8_STATUS_OK) host_warn("the WebP is damaged");
	uint8_t *row = need((uint64_t)ow * 3);
	for (uint32_t y = 0; y < oh; y++) {
		const uint8_t *from = c.output.u.RGBA.rgba + (size_t)y * ow * 4;
		for (uint32_t x = 0; x < ow; x++, from += 4)
			for (int k = 0; k < 3; k++) row[x * 3 + k] = from[k] + 255 - from[3] > 255 ? 255 : from[k] + 255 - from[3];
		host_row(y, row);
	}
}
