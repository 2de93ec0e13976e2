//! CPU time and memory of processes: of this one, and of another by its id.

use std::fs;
use std::time::Duration;

use nix::time::{ClockId, clock_getcpuclockid, clock_gettime};
use nix::unistd::Pid;

use crate::Outcome;

/// The CPU time that a process has used, all of its threads together, in seconds.
pub(crate) fn cpu(process: Option<u32>) -> Outcome<f64> {
    let clock = match process {
        None => ClockId::CLOCK_PROCESS_CPUTIME_ID,
        Some(id) => clock_getcpuclockid(Pid::from_raw(id.try_into()?))?,
    };
    Ok(Duration::from(clock_gettime(clock)?).as_secs_f64())
}

/// The memory of a process that is resident, in bytes.
pub(crate) fn resident(process: u32) -> Outcome<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()).ok_or("no VmRSS")?;
    Ok(kilobytes.parse::<u64>()? * 1024)
}

/// The middle of what was measured; of nothing, nothing.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The smallest number that so many percent are not above.
pub(crate) fn percentile(mut numbers: Vec<f64>, percent: usize) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let at = (numbers.len() * percent).div_ceil(100).saturating_sub(1);
    numbers.get(at).copied().unwrap_or(f64::NAN)
}
