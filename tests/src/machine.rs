//! A small machine: systemd itself as process 1 of its own namespaces, with its journal, and nothing else that Debian would start.
//!
//! It shares the network with the test, and sees this machine's files without being able to change any: what Debian's own units do
//! at boot, such as emptying `/tmp`, must not happen here. Needs root, as installing what it is made of did.

use crate::{binary, in_time};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::time::Duration;

/// Keeps the machine until its own input ends, however the test ended; then leaves nothing behind. `$1` is the home.
const KEEPER: &str = r#"
    set -e
    trap '' INT TERM HUP
    mount -t cgroup2 cgroup2 "$1/cgroup"
    group="$1/cgroup/orion-machine-$$"
    mkdir "$group"
    sh -c 'echo $$ >"$1/cgroup.procs"; exec unshare --mount --pid --fork --cgroup --uts --ipc --mount-proc \
        --kill-child=KILL sh -ec "$2" machine "$3"' boot "$group" "$2" "$1" </dev/null >"$1/console" 2>&1 &
    machine=$!
    # A line without an end, which `read` takes for none.
    until read -r first rest </proc/$machine/task/$machine/children || [ -n "$first" ]; do kill -0 $machine; done
    echo "$first"
    read -r end || echo 1 >"$group/cgroup.kill"
    until grep -q 'populated 0' "$group/cgroup.events"; do :; done
    { wait $machine || true; } 2>/dev/null
    find "$group" -depth -type d -exec rmdir {} +
"#;

/// Becomes systemd. `$1` is the home.
const BOOT: &str = r#"
    mount -t tmpfs tmpfs /run
    mount --bind "$1/state" /var/lib
    mount --bind "$1/bin" /usr/local/bin
    mount --bind "$1/units" /etc/systemd/system
    mount -t tmpfs tmpfs /tmp
    mount -t tmpfs tmpfs /var/tmp
    mount -t tmpfs tmpfs /sys/fs/cgroup
    umount /sys/fs/cgroup
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    mount -o remount,bind,ro /
    # As systemd does where no container is around it: what it hands to a service is mounted by a process of its own.
    mount --make-rshared /
    exec env -i PATH="$PATH" container=orion SYSTEMD_UNIT_PATH=/etc/systemd/system \
        /lib/systemd/systemd --system --unit=machine.target --show-status=no
"#;

/// Where Debian has its own units.
const DEBIAN: &str = "/lib/systemd/system";
/// What it has of them. All others are not there, whoever asks for them.
const JOURNAL: [&str; 3] =
    ["systemd-journald.service", "systemd-journald.socket", "systemd-journald-dev-log.socket"];
/// What services ask for, with nothing behind it.
const TARGETS: [&str; 6] = ["sysinit", "basic", "sockets", "network", "multi-user", "shutdown"];
const TARGET: &str = "[Unit]\nWants=systemd-journald.socket systemd-journald.service\n";

/// A machine that runs. It ends when it is dropped.
#[derive(Debug)]
pub struct Machine {
    home: tempfile::TempDir,
    /// Closed, it ends the machine.
    input: Option<ChildStdin>,
    keeper: Child,
    /// Process 1, as seen from outside.
    first: String,
    program: String,
}

impl Machine {
    /// Starts one, with this program of the workspace in `/usr/local/bin`.
    pub async fn start(program: &str) -> Self {
        let home = tempfile::Builder::new().prefix("orion-machine-").tempdir().expect("a temporary folder");
        for folder in ["cgroup", "state", "bin", "units"] {
            std::fs::create_dir(home.path().join(folder)).expect("a folder in the temporary folder");
        }
        let units = home.path().join("units");
        std::fs::write(units.join("machine.target"), TARGET).expect("a file");
        for target in TARGETS {
            std::fs::write(units.join(format!("{target}.target")), "[Unit]\n").expect("a file");
        }
        for unit in JOURNAL {
            std::fs::copy(Path::new(DEBIAN).join(unit), units.join(unit)).expect("systemd is installed");
        }
        std::fs::copy(binary(program), home.path().join("bin").join(program)).expect("a copy of the program");
        let mut keeper = Command::new("unshare")
            .args(["--mount", "sh", "-c", KEEPER, "keeper"])
            .arg(home.path())
            .arg(BOOT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`unshare` is there");
        let input = keeper.stdin.take();
        let told = keeper.stdout.take().expect("it was asked for");
        let mut machine = Self { home, input, keeper, first: String::new(), program: program.to_owned() };
        let first = tokio::task::spawn_blocking(|| BufReader::new(told).lines().next());
        let first =
            in_time("the keeper told the first process", first).await.expect("reading does not panic");
        machine.first =
            first.and_then(Result::ok).unwrap_or_else(|| panic!("it did not start: {}", machine.console()));
        machine.until("it has started", &["is-system-running"], |state| state == "running").await;
        machine
    }

    /// Runs a program in it, which must succeed, and returns what it printed. What it says apart from that must be nothing.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.output(program, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {said}\n{}", self.console());
        assert_eq!(said, "", "{program} {arguments:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// Runs `systemctl` in it, quietly.
    pub fn systemctl(&self, arguments: &[&str]) {
        self.run("systemctl", &[&["--quiet"], arguments].concat());
    }

    /// A property of the program's service.
    pub fn property(&self, name: &str) -> String {
        self.run("systemctl", &["show", "--value", "-p", name, &self.service()]).trim().to_owned()
    }

    /// Asks systemctl until the answer is right. `what` completes "it did not happen in time that …".
    pub async fn until(&self, what: &str, asked: &[&str], is_right: impl Fn(&str) -> bool) {
        let asks = async {
            let mut looks = tokio::time::interval(Duration::from_millis(20));
            loop {
                looks.tick().await;
                let answer = self.output("systemctl", asked);
                if is_right(String::from_utf8_lossy(&answer.stdout).trim()) {
                    return;
                }
            }
        };
        in_time(what, asks).await;
    }

    /// The service's journal, an object for each entry.
    pub fn journal(&self) -> Vec<serde_json::Value> {
        self.run("journalctl", &["--quiet", "--sync"]);
        let entries = self.run("journalctl", &["--quiet", "-o", "json", "-u", &self.service()]);
        entries.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// Where its `/var/lib` is, from outside.
    pub fn state(&self) -> PathBuf {
        self.home.path().join("state")
    }

    /// Where its units are, from outside.
    pub fn units(&self) -> PathBuf {
        self.home.path().join("units")
    }

    /// Where its `/usr/local/bin` is, from outside.
    pub fn programs(&self) -> PathBuf {
        self.home.path().join("bin")
    }

    fn service(&self) -> String {
        format!("{}.service", self.program)
    }

    fn output(&self, program: &str, arguments: &[&str]) -> Output {
        let mut inside = Command::new("nsenter");
        inside.args(["-t", &self.first, "-m", "-p", "-C", "-u", "-i", "--", program]).args(arguments);
        inside.env("SYSTEMD_PAGER", "").env("SYSTEMD_COLORS", "0").output().expect("`nsenter` is there")
    }

    fn console(&self) -> String {
        std::fs::read_to_string(Path::new(self.home.path()).join("console")).unwrap_or_default()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if std::thread::panicking() && !self.first.is_empty() {
            let journal = self.output("journalctl", &["--quiet", "-n", "100"]);
            eprintln!("--- console:\n{}", self.console());
            eprintln!("--- journal:\n{}--- end of the journal", String::from_utf8_lossy(&journal.stdout));
        }
        drop(self.input.take());
        // Fails only for a process that has already ended.
        let _ = self.keeper.wait();
    }
}
