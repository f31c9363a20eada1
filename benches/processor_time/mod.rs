//! Time of the processor, of which other programs take nothing.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Time that this thread has had of a processor.
pub(crate) fn processor_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap()
}
