//! An index that goes on following its archive: for a program that stays.
//!
//! In: the folder of an archive that others write to. Out: an index that shows every commit within a second,
//! whichever process made it. Must never: hold up a search, or stop at an error that may pass.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Index, IndexError};
use crate::archive::Archive;

/// Between two looks at the archive: so short that a commit and its indexing are seen within a second, so
/// long that looking costs nothing.
const PAUSE: Duration = Duration::from_millis(200);

/// An index that follows its archive until it is dropped.
pub struct Follower {
    index: Arc<Index>,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    stopped: Mutex<bool>,
    wake: Condvar,
    error: Mutex<Option<IndexError>>,
}

impl Follower {
    /// Opens the archive's index, brings it up to date and goes on following.
    pub fn start(folder: &Path) -> Result<Self, IndexError> {
        let archive = Archive::open_for_reading(folder)?;
        let index = Arc::new(Index::follow(&archive)?);
        let state = Arc::new(State::default());
        let thread = {
            let (index, state) = (index.clone(), state.clone());
            thread::Builder::new()
                .name("follower of the archive".to_owned())
                .spawn(move || follow(&archive, &index, &state))
                .map_err(|source| IndexError::Io {
                    path: folder.display().to_string(),
                    source,
                })?
        };
        Ok(Self {
            index,
            state,
            thread: Some(thread),
        })
    }

    /// The index.
    #[must_use]
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// Why the last look failed, once; it is tried again all the same.
    #[must_use]
    pub fn take_error(&self) -> Option<IndexError> {
        let mut error = self
            .state
            .error
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        error.take()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        *self
            .state
            .stopped
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = true;
        self.state.wake.notify_all();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to say.
            let _ = thread.join();
        }
    }
}

fn follow(archive: &Archive, index: &Index, state: &State) {
    loop {
        let looked = index.catch_up(archive).and_then(|()| index.refresh());
        if let Err(error) = looked {
            *state.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        let stopped = state.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        let (stopped, _) = state
            .wake
            .wait_timeout_while(stopped, PAUSE, |stopped| !*stopped)
            .unwrap_or_else(PoisonError::into_inner);
        if *stopped {
            return;
        }
    }
}
