//! Small one-pass accumulators and the intervals that come out of them. Imports nothing of callwright.

mod control;
mod holm;
mod paired;
mod ratio;
mod sample;
mod shares;
mod stored;
mod student;

pub use control::{CONTROLS, ControlSums, Controlled, ControlledSums};
pub use holm::holm;
pub use paired::{PairedErrors, PairedRatioSums};
pub use ratio::RatioSums;
pub use sample::{ThinnedSample, percentile};
pub use shares::ShareSketch;
pub use stored::{Stored, restore_list};
pub use student::{student_95, student_one_sided, student_p_value, student_two_sided, wilson_95};
