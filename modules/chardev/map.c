// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mmap: a program looks at the ring without copying it. It may not write there,
 * because then it would forge what others read. While a ring is mapped it keeps
 * its memory, so a resize is refused; an unload is refused by the mapping's file.
 */
#include <linux/mm.h>
#include <linux/vmalloc.h>

#include "minor.h"

/* Also called for the copy when a mapping is split, moved, or inherited by a fork. */
static void map_open(struct vm_area_struct *vma)
{
	struct minor *m = vma->vm_private_data;

	spin_lock(&map_lock);
	WRITE_ONCE(m->mapped, m->mapped + 1);
	spin_unlock(&map_lock);
}

static void map_close(struct vm_area_struct *vma)
{
	struct minor *m = vma->vm_private_data;

	spin_lock(&map_lock);
	WRITE_ONCE(m->mapped, m->mapped - 1);
	spin_unlock(&map_lock);
}

static const struct vm_operations_struct map_ops = {
	.open	= map_open,
	.close	= map_close,
};

/*
 * A shared mapping of a file that is open for writing could be made writable later
 * by mprotect(2), so it takes a file that is open for reading only. Writing to a
 * private mapping changes a copy that nobody else sees.
 */
int map_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct opener *o = file->private_data;
	struct minor *m = o->minor;
	int ret;

	if ((vma->vm_flags & VM_SHARED) && (vma->vm_flags & VM_MAYWRITE))
		return -EACCES;

	vma->vm_private_data = m;
	map_open(vma);		/* from here on the memory can not be exchanged */
	ret = remap_vmalloc_range(vma, m->ring.data, vma->vm_pgoff);
	if (ret)
		goto out_close;
	vma->vm_ops = &map_ops;
	return 0;

out_close:
	map_close(vma);
	return ret;
}
