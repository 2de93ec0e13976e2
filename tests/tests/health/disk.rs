//! A small disk of a test's own, with a file system on it, in a mount namespace that nobody else sees.
//!
//! Needs root, as installing what it is made of did. Whatever ends the test ends the namespace, and with it what is mounted there.

use orion_tests::process::Launch;
use orion_tests::{App, binary, in_time};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

/// Makes a disk as thin-provisioned ones are made, one that says it has more room than is below it, and mounts it as Debian mounts its
/// own: what is wrong with the file system makes it read-only. Then waits until its own input ends.
const KEEPER: &str = r#"
    set -e
    cd "$1"
    mkdir below disk
    mount -t tmpfs -o size=32M tmpfs below
    truncate -s 128M below/image
    mkfs.ext4 -q -F $2 below/image
    mount -o loop,errors=remount-ro below/image disk
    findmnt -n -o SOURCE disk
    read -r end || :
"#;

/// Runs a program on the disk.
const ON_DISK: &str = r#"cd "$0/disk" && exec "$@""#;

pub(crate) struct Disk {
    home: tempfile::TempDir,
    /// `loop0`.
    device: String,
    keeper: Child,
    /// Closed, it ends the namespace.
    input: Option<ChildStdin>,
}

impl Disk {
    /// One whose file system is made with these options of `mkfs.ext4`.
    pub(crate) async fn start(options: &str) -> Self {
        let home = tempfile::Builder::new().prefix("orion-disk-").tempdir().expect("a temporary folder");
        let mut keeper = Command::new("unshare")
            .args(["--mount", "sh", "-c", KEEPER, "keeper"])
            .arg(home.path())
            .arg(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`unshare` is there (tests/run installs it)");
        let input = keeper.stdin.take();
        let told = keeper.stdout.take().expect("it was asked for");
        let device = tokio::task::spawn_blocking(|| BufReader::new(told).lines().next());
        let device = in_time("the disk was there", device).await.expect("reading does not panic");
        let device = device.and_then(Result::ok).unwrap_or_else(|| {
            panic!("no disk could be made and mounted: this needs root, loop devices and ext4; what failed is said above")
        });
        let device = device.trim_start_matches("/dev/").to_owned();
        Self { home, device, keeper, input }
    }

    /// `todos`, with its file on the disk.
    pub(crate) fn todos(&self) -> Launch {
        let launch = App::of("nsenter").health().arg("-t").arg(self.keeper.id().to_string()).arg("-m");
        launch.arg("sh").arg("-c").arg(ON_DISK).arg(self.home.path()).arg(binary("todos"))
    }

    /// Something is wrong with the file system, as if a block of it could not be read any more.
    pub(crate) fn breaks(&self) {
        let trigger = PathBuf::from("/sys/fs/ext4").join(&self.device).join("trigger_fs_error");
        std::fs::write(trigger, "a test").expect("the kernel lets root break a file system");
    }

    /// What somebody does about it whose application has ended: the kernel takes none of it for as long as it runs.
    pub(crate) fn is_repaired(&self) {
        // 1 says that something was mended.
        self.shell("umount disk; e2fsck -p below/image >&2 || [ $? = 1 ]; mount -o loop,errors=remount-ro below/image disk");
    }

    /// Nothing below it is left: what it has no room for yet, it cannot take.
    pub(crate) fn fills(&self) {
        self.shell("dd if=/dev/zero of=below/else bs=4k status=none 2>&1 || :");
    }

    /// There is room again.
    pub(crate) fn has_room(&self) {
        self.shell("rm below/else");
    }

    /// Whether the application's files can be changed by anybody (`chattr(1)`).
    pub(crate) fn lets_change(&self, whether: bool) {
        let change = if whether { "-i" } else { "+i" };
        self.shell(&format!("chattr {change} disk/todos.db disk/todos.db-wal"));
    }

    fn shell(&self, commands: &str) {
        let inside = ["-t", &self.keeper.id().to_string(), "-m", "sh", "-ec"];
        let commands = format!("cd \"$0\"; {commands}");
        let done = Command::new("nsenter").args(inside).arg(&commands).arg(self.home.path()).output();
        let done = done.expect("`nsenter` is there (tests/run installs it)");
        assert!(done.status.success(), "{commands}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(self.input.take());
        // Fails only for a process that has already ended.
        let _ = self.keeper.wait();
    }
}
