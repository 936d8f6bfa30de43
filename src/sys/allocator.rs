//! The allocator: a small arena first, mimalloc beyond it.
//!
//! A hook lives for less than a millisecond and allocates a few hundred kilobytes. Setting mimalloc up costs about
//! as much as all the rest of its start (120 µs of 410, measured on a virtual machine), and musl's own allocator is
//! slow where much is allocated. So the first allocations are cut from a static arena that needs no setting up, and
//! mimalloc is first called when that is full: by what runs long.
//!
//! A page that is touched for the first time costs more than what is written to it (1.75 µs on a virtual machine),
//! so the arena hands out again what was given back to it, before it grows.
//!
//! What holds: a block of the arena has one owner at a time, because the end of the arena only moves back over the
//! block that was cut last, and a block that was given back is taken from its list before it is handed out; the arena
//! is never larger than [`ARENA_BYTES`], so what is not given back to it is bounded.

#![expect(unsafe_code, reason = "an allocator is unsafe by its very interface")]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use mimalloc::MiMalloc;

/// The size of the arena: enough for one decision under a policy of a few hundred rules.
const ARENA_BYTES: usize = 512 << 10;

/// Blocks are of a multiple of this many bytes, and lie at one.
const UNIT: usize = 8;

/// Blocks of up to this many units are kept by their size; larger ones together.
const SMALL_UNITS: usize = 64;

/// How many of the larger ones are looked at for one that is large enough.
const MOST_LOOKS: usize = 8;

/// The process's allocator.
pub struct Allocator {
    arena: Arena,
    end: AtomicUsize,
    given_back: GivenBack,
}

#[repr(align(4096))]
struct Arena(UnsafeCell<[u8; ARENA_BYTES]>);

// SAFETY: the arena's bytes are only reached through blocks cut from it, and each block has one owner: `end` is
// moved by compare-and-swap alone, and blocks that were given back change hands under `GivenBack::busy`.
unsafe impl Sync for Arena {}

/// The blocks that were given back: lists through the blocks themselves, the larger ones in the first.
struct GivenBack {
    busy: AtomicBool,
    lists: UnsafeCell<[Link; SMALL_UNITS + 1]>,
}

// SAFETY: the lists are only reached by whoever has set `busy`.
unsafe impl Sync for GivenBack {}

/// A block in a list: its offset in the arena, and its size; none where that is 0.
#[derive(Clone, Copy)]
struct Link {
    offset: u32,
    size: u32,
}

const NO_LINK: Link = Link { offset: 0, size: 0 };

impl Allocator {
    /// An allocator with an empty arena. There is to be one in a process.
    #[expect(clippy::new_without_default, reason = "only a static holds one")]
    #[must_use]
    pub const fn new() -> Self {
        let lists = UnsafeCell::new([NO_LINK; SMALL_UNITS + 1]);
        let given_back = GivenBack { busy: AtomicBool::new(false), lists };
        Self { arena: Arena(UnsafeCell::new([0; ARENA_BYTES])), end: AtomicUsize::new(0), given_back }
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
            let start = end.next_multiple_of(layout.align().max(UNIT));
            let new_end = block_size(layout.size()).and_then(|size| start.checked_add(size));
            let Some(new_end) = new_end.filter(|new_end| *new_end <= ARENA_BYTES) else {
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

    /// Takes a block of the arena that was given back, and is large enough; null if there is none, or another thread is
    /// at the lists.
    fn take(&self, layout: Layout) -> *mut u8 {
        let Some(size) = block_size(layout.size()) else { return ptr::null_mut() };
        if layout.align() > UNIT {
            return ptr::null_mut();
        }
        let taken = self.with_lists(|lists| {
            let mut place: *mut Link = lists.get_mut(list_of(size))?;
            for _ in 0..MOST_LOOKS {
                // SAFETY: `place` is the head of a list, or the beginning of a block that is in one: at least
                // `UNIT` bytes that nobody else has, at a multiple of `UNIT`.
                let link = unsafe { place.read() };
                if link.size == 0 {
                    return None;
                }
                // SAFETY: a link's offset is that of a block in the arena.
                let block: *mut u8 = unsafe { self.base().add(link.offset as usize) };
                if link.size as usize >= size && link.size as usize / 2 <= size {
                    // SAFETY: as above, for both: the list goes on behind the block that is taken from it.
                    unsafe { place.write(block.cast::<Link>().read()) };
                    return Some(block);
                }
                place = block.cast();
            }
            None
        });
        taken.flatten().unwrap_or(ptr::null_mut())
    }

    /// Puts a block of the arena into its list. While another thread is at the lists, the block stays unused.
    fn give_back(&self, offset: usize, size: usize) {
        let (Ok(narrow_offset), Ok(narrow_size)) = (u32::try_from(offset), u32::try_from(size)) else {
            return;
        };
        self.with_lists(|lists| {
            let head = lists.get_mut(list_of(size))?;
            // SAFETY: the block was just given back, so it is nobody else's; it has at least `UNIT` bytes, which is
            // the size of a link, and lies at a multiple of that.
            unsafe { self.base().add(offset).cast::<Link>().write(*head) };
            *head = Link { offset: narrow_offset, size: narrow_size };
            Some(())
        });
    }

    fn with_lists<T>(&self, act: impl FnOnce(&mut [Link; SMALL_UNITS + 1]) -> T) -> Option<T> {
        if self.given_back.busy.swap(true, Ordering::Acquire) {
            return None;
        }
        // SAFETY: `busy` was not set, and is until this is done: nobody else is at the lists.
        let done = act(unsafe { &mut *self.given_back.lists.get() });
        self.given_back.busy.store(false, Ordering::Release);
        Some(done)
    }
}

/// The size of the block that so many bytes are given.
fn block_size(bytes: usize) -> Option<usize> {
    bytes.max(1).checked_next_multiple_of(UNIT)
}

/// The list that blocks of a size are in.
fn list_of(size: usize) -> usize {
    let units = size / UNIT;
    if units > SMALL_UNITS { 0 } else { units }
}

// SAFETY: every block comes from the arena, where `cut` and `take` give each byte to one owner with the alignment asked
// for, or from mimalloc, to which alone it is given back: which of the two a block is from is told by its address.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mut block = self.take(layout);
        if block.is_null() {
            block = self.cut(layout);
        }
        if block.is_null() {
            // SAFETY: the caller's promises about `layout` are passed on.
            block = unsafe { MiMalloc.alloc(layout) };
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        match (self.offset_of(block), block_size(layout.size())) {
            (Some(offset), Some(size)) => {
                if !self.move_end(offset + size, offset) {
                    self.give_back(offset, size);
                }
            }
            // SAFETY: not from the arena, so from mimalloc, with this layout.
            (None, _) => unsafe { MiMalloc.dealloc(block, layout) },
            (Some(_), None) => {}
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let Some(offset) = self.offset_of(block) else {
            // SAFETY: not from the arena, so from mimalloc, with this layout.
            return unsafe { MiMalloc.realloc(block, layout, new_size) };
        };
        if let (Some(old), Some(new)) = (block_size(layout.size()), block_size(new_size))
            && (new <= old || self.move_end(offset + old, offset.saturating_add(new)))
        {
            return block;
        }
        // SAFETY: the caller promises that `new_size`, rounded up to the alignment, does not overflow.
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        // SAFETY: the new layout is a valid one of a size that is not zero, as the caller promises.
        let new_block = unsafe { self.alloc(new_layout) };
        if !new_block.is_null() {
            // SAFETY: both blocks are live and of at least `layout.size()` bytes (the new one is larger), and the new
            // one was just taken, cut or allocated, so they do not overlap.
            unsafe { ptr::copy_nonoverlapping(block, new_block, layout.size()) };
            // SAFETY: the block is the caller's, with this layout, and the caller has the new one from here on.
            unsafe { self.dealloc(block, layout) };
        }
        new_block
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_back_is_handed_out_again() {
        static ALLOCATOR: Allocator = Allocator::new();
        let layout = |size| Layout::from_size_align(size, 1).expect("a layout");
        for (small, near, other) in [(17, 24, 25), (3_000, 2_999, 6_001)] {
            // SAFETY: the layouts are not empty, and each block is given back once, with its own.
            unsafe {
                let first = ALLOCATOR.alloc(layout(small));
                let second = ALLOCATOR.alloc(layout(small));
                ALLOCATOR.dealloc(first, layout(small));
                let unlike = ALLOCATOR.alloc(layout(other));
                assert!(unlike != first, "{other} bytes in a block of {small}");
                assert!(ALLOCATOR.alloc(layout(near)) == first, "{near} bytes in a block of {small}");
                assert!(ALLOCATOR.alloc(layout(near)) != first, "one block for two");
                assert!(second != unlike);
            }
        }
    }

    #[test]
    fn a_block_that_grows_keeps_its_bytes_and_gives_its_place_back() {
        static ALLOCATOR: Allocator = Allocator::new();
        let layout = |size| Layout::from_size_align(size, 8).expect("a layout");
        // SAFETY: the layouts are not empty; each block is written and read within its size, and is not used once it
        // was given back.
        unsafe {
            let block = ALLOCATOR.alloc(layout(64));
            ptr::write_bytes(block, 7, 64);
            let behind = ALLOCATOR.alloc(layout(64));
            let grown = ALLOCATOR.realloc(block, layout(64), 4_096);
            assert!(grown != block && grown != behind);
            assert!(std::slice::from_raw_parts(grown, 64).iter().all(|byte| *byte == 7));
            assert!(ALLOCATOR.alloc(layout(64)) == block);
            let shrunk = ALLOCATOR.realloc(grown, layout(4_096), 64);
            assert!(shrunk == grown);
        }
    }

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
