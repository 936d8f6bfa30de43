//! The allocator: a small arena first, mimalloc beyond it.
//!
//! A hook lives for less than a millisecond and allocates a few hundred kilobytes. Setting mimalloc up costs about
//! as much as all the rest of its start (120 µs of 410, measured on a virtual machine), and musl's own allocator is
//! slow where much is allocated. So the first allocations are cut from a static arena that needs no setting up, and
//! mimalloc is first called when that is full: by what runs long.
//!
//! What holds: a block of the arena is never handed out twice while it is in use, because the end of the arena only
//! moves back over the block that was cut last; the arena is never larger than [`ARENA_BYTES`], so what is not given
//! back to it is bounded.

#![expect(unsafe_code, reason = "an allocator is unsafe by its very interface")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use mimalloc::MiMalloc;

/// The size of the arena: enough for one decision under a policy of a few hundred rules.
const ARENA_BYTES: usize = 512 << 10;

/// The process's allocator.
pub struct Allocator {
    arena: Arena,
    end: AtomicUsize,
}

#[repr(align(4096))]
struct Arena(UnsafeCell<[u8; ARENA_BYTES]>);

// SAFETY: the arena's bytes are only reached through blocks cut from it, and each block has one owner: `end` is
// moved by compare-and-swap alone, so no two threads are given overlapping blocks.
unsafe impl Sync for Arena {}

impl Allocator {
    /// An allocator with an empty arena. There is to be one in a process.
    #[expect(clippy::new_without_default, reason = "only a static holds one")]
    #[must_use]
    pub const fn new() -> Self {
        Self { arena: Arena(UnsafeCell::new([0; ARENA_BYTES])), end: AtomicUsize::new(0) }
    }

    fn base(&self) -> *mut u8 {
        self.arena.0.get().cast()
    }

    /// Where in the arena a pointer points; none if it is mimalloc's.
    fn offset_of(&self, pointer: *mut u8) -> Option<usize> {
        let offset = (pointer as usize).wrapping_sub(self.base() as usize);
        (offset < ARENA_BYTES).then_some(offset)
    }

    /// Cuts a block from the arena; null if it does not fit any more.
    fn cut(&self, layout: Layout) -> *mut u8 {
        // The arena itself is aligned to a page, so an aligned offset is an aligned address up to that.
        if layout.align() > 4096 {
            return ptr::null_mut();
        }
        let mut end = self.end.load(Ordering::Relaxed);
        loop {
            let start = end.next_multiple_of(layout.align());
            let Some(new_end) = start.checked_add(layout.size()).filter(|new_end| *new_end <= ARENA_BYTES)
            else {
                return ptr::null_mut();
            };
            match self.end.compare_exchange_weak(end, new_end, Ordering::AcqRel, Ordering::Relaxed) {
                // SAFETY: `start` is at most ARENA_BYTES, so the address is in the arena or one past its end.
                Ok(_) => return unsafe { self.base().add(start) },
                Err(moved) => end = moved,
            }
        }
    }

    /// Moves the end of the arena from the end of its last block to `new_end`; false if that block is not the last.
    fn move_end(&self, old_end: usize, new_end: usize) -> bool {
        new_end <= ARENA_BYTES
            && self.end.compare_exchange(old_end, new_end, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }
}

// SAFETY: every block comes from the arena, where `cut` gives each byte to one owner with the alignment asked for, or
// from mimalloc, to which alone it is given back: which of the two a block is from is told by its address.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = self.cut(layout);
        if block.is_null() {
            // SAFETY: the caller's promises about `layout` are passed on.
            unsafe { MiMalloc.alloc(layout) }
        } else {
            block
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        match self.offset_of(block) {
            Some(offset) => {
                self.move_end(offset + layout.size(), offset);
            }
            // SAFETY: not from the arena, so from mimalloc, with this layout.
            None => unsafe { MiMalloc.dealloc(block, layout) },
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let Some(offset) = self.offset_of(block) else {
            // SAFETY: not from the arena, so from mimalloc, with this layout.
            return unsafe { MiMalloc.realloc(block, layout, new_size) };
        };
        let grown_in_place = offset
            .checked_add(new_size)
            .is_some_and(|new_end| self.move_end(offset + layout.size(), new_end));
        if grown_in_place || new_size <= layout.size() {
            return block;
        }
        // SAFETY: the caller promises that `new_size`, rounded up to the alignment, does not overflow.
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        // SAFETY: the new layout is a valid one of a size that is not zero, as the caller promises.
        let new_block = unsafe { self.alloc(new_layout) };
        if !new_block.is_null() {
            // SAFETY: both blocks are live and of at least `layout.size()` bytes (the new one is larger), and the new
            // one was just cut or allocated, so they do not overlap.
            unsafe { ptr::copy_nonoverlapping(block, new_block, layout.size()) };
        }
        new_block
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_do_not_overlap_and_outlive_the_arena() {
        static ALLOCATOR: Allocator = Allocator::new();
        let allocator = &ALLOCATOR;
        let threads: Vec<_> = (0..4_u8)
            .map(|mark| {
                std::thread::spawn(move || {
                    let mut blocks = Vec::new();
                    for round in 0..2_000_usize {
                        let size = 1 + (round * 37) % 900;
                        let align = 1 << (round % 8);
                        let layout = Layout::from_size_align(size, align).expect("a layout");
                        // SAFETY: the layout is not empty; the block is written within its size.
                        let block = unsafe { allocator.alloc(layout) };
                        assert!(!block.is_null());
                        assert_eq!(block as usize % align, 0);
                        // SAFETY: as above.
                        unsafe { ptr::write_bytes(block, mark, size) };
                        if round % 3 == 0 {
                            // SAFETY: the block is live and of this layout.
                            let moved = unsafe { allocator.realloc(block, layout, size * 2) };
                            let layout = Layout::from_size_align(size * 2, align).expect("a layout");
                            // SAFETY: the block is now of twice the size.
                            unsafe { ptr::write_bytes(moved, mark, size * 2) };
                            blocks.push((moved as usize, layout));
                        } else {
                            blocks.push((block as usize, layout));
                        }
                        if round % 5 == 0 {
                            let (block, layout) = blocks.swap_remove(round % blocks.len());
                            // SAFETY: the block is live and of this layout, and is forgotten here.
                            unsafe { allocator.dealloc(block as *mut u8, layout) };
                        }
                    }
                    for (block, layout) in blocks {
                        // SAFETY: every block that is left is live and was filled with the mark.
                        let bytes = unsafe { std::slice::from_raw_parts(block as *const u8, layout.size()) };
                        assert!(bytes.iter().all(|byte| *byte == mark));
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("no thread fails");
        }
    }
}
