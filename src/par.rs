//! The only file that names rayon: parallel maps whose results do not depend on threads.

use rayon::prelude::*;

/// Maps `items` in parallel and keeps their order.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(f).collect()
}

/// Maps `items` in parallel with a scratch buffer per worker, and keeps their order. The
/// result must not depend on what the buffer held before.
pub fn map_with_scratch<T: Sync, S: Send, R: Send>(
    items: &[T],
    scratch: impl Fn() -> S + Sync + Send,
    f: impl Fn(&mut S, &T) -> R + Sync + Send,
) -> Vec<R> {
    items.par_iter().map_init(scratch, f).collect()
}

/// Changes every item in parallel.
pub fn for_each_mut<T: Send>(items: &mut [T], f: impl Fn(&mut T) + Sync + Send) {
    items.par_iter_mut().for_each(f);
}

/// Changes every item in parallel with a scratch buffer per worker. The result must not
/// depend on what the buffer held before.
pub fn for_each_mut_with_scratch<T: Send, S: Send>(
    items: &mut [T],
    scratch: impl Fn() -> S + Sync + Send,
    f: impl Fn(&mut S, &mut T) + Sync + Send,
) {
    items.par_iter_mut().for_each_init(scratch, f);
}

/// Runs both, in parallel where a thread is free.
pub fn join<A: Send, B: Send>(
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(a, b)
}

/// How many threads the current pool has.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// Runs `f` in a pool of `threads` threads (0: one per core).
///
/// # Errors
/// When the system refuses the threads.
pub fn with_threads<R: Send>(
    threads: usize,
    f: impl FnOnce() -> R + Send,
) -> crate::error::Result<R> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|e| crate::error::Error::internal(format!("starting {threads} threads: {e}")))?;
    Ok(pool.install(f))
}
