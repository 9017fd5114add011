//! A name for the content of a scenario: the same for the same floor, whatever file it was written in.

use super::types::{PlanSettings, Run, Scenario};
use std::fmt::{self, Write};

/// 32 hexadecimal digits over everything but the seed and the numbers of replications, which outputs state themselves.
///
/// FNV-1a with 128 bits: it guards against mistakes, not against forgery, and is the same on every machine.
pub(super) fn of(scenario: &Scenario) -> String {
    let run = Run { replications: 0, seed: 0, ..scenario.run.clone() };
    let plan = PlanSettings { replications: 0, ..scenario.plan.clone() };
    let mut hash = Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    let Scenario {
        name,
        timeline,
        after_close,
        lines,
        queue_capacity,
        currency,
        full_time_week_s,
        queues,
        teams,
        routing,
        run: _,
        plan: _,
    } = scenario;
    // Debug output of numbers is exact: the shortest text that reads back as the same bits.
    let written = write!(
        hash,
        "{:?}",
        (
            name,
            timeline,
            after_close,
            (lines, queue_capacity),
            currency,
            full_time_week_s,
            queues,
            teams,
            routing,
            run,
            plan
        )
    );
    debug_assert!(written.is_ok());
    format!("{:032x}", hash.0)
}

struct Fnv(u128);

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        Ok(())
    }
}
