/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Not bad: a frame buffer.  It becomes the console of a machine without a screen, which holds it. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fb.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

#define WIDTH 640
#define HEIGHT 480
#define SIZE (WIDTH * HEIGHT * 4)

static struct fb_info *screen;
static u32 colors[16];

/* A console draws in sixteen colours, which it asks for. */
static int set_color(unsigned int number, unsigned int red, unsigned int green, unsigned int blue,
		     unsigned int transparent, struct fb_info *info)
{
	if (number >= ARRAY_SIZE(colors))
		return -EINVAL;
	colors[number] = (red >> 8) << 16 | (green >> 8) << 8 | blue >> 8;
	return 0;
}

static const struct fb_ops operations = {
	.owner = THIS_MODULE,
	.fb_setcolreg = set_color,
	.fb_fillrect = cfb_fillrect,
	.fb_copyarea = cfb_copyarea,
	.fb_imageblit = cfb_imageblit,
};

static void describe(struct fb_info *info)
{
	info->fbops = &operations;
	info->pseudo_palette = colors;
	info->screen_size = SIZE;
	info->fix = (struct fb_fix_screeninfo){
		.id = "kmt_bad_screen", .type = FB_TYPE_PACKED_PIXELS,
		.visual = FB_VISUAL_TRUECOLOR, .line_length = WIDTH * 4, .smem_len = SIZE,
	};
	info->var = (struct fb_var_screeninfo){
		.xres = WIDTH, .yres = HEIGHT, .xres_virtual = WIDTH, .yres_virtual = HEIGHT,
		.bits_per_pixel = 32,
		.red = { 16, 8, 0 }, .green = { 8, 8, 0 }, .blue = { 0, 8, 0 },
	};
}

static int __init screen_init(void)
{
	void *memory = vzalloc(SIZE);
	int err = -ENOMEM;

	if (!memory)
		return err;
	screen = framebuffer_alloc(0, NULL);
	if (!screen)
		goto out_free;
	describe(screen);
	screen->screen_base = (char __iomem *)memory;
	err = register_framebuffer(screen);
	if (err)
		goto out_release;
	return 0;

out_release:
	framebuffer_release(screen);
out_free:
	vfree(memory);
	return err;
}

static void __exit screen_exit(void)
{
	void *memory = (void __force *)screen->screen_base;

	unregister_framebuffer(screen);
	framebuffer_release(screen);
	vfree(memory);
}

module_init(screen_init);
module_exit(screen_exit);

MODULE_DESCRIPTION("for the tests of try: a frame buffer that is right");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
