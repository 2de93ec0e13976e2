//! Embeds the Datastar script, which is not kept in this tree.
//!
//! It is taken from a published crate that carries it: cargo resolves that crate in a throw-away manifest, nothing of it is
//! compiled, and the digest is checked. `ORION_DATASTAR=path` embeds another copy. Where neither can be had, pages name the
//! public CDN with an integrity attribute, and the build says so.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use hmac_sha256::Hash;

/// A published crate that carries Datastar 1.0.4 (MIT) under `assets/datastar.js`.
const CARRIER: (&str, &str) = ("runnerd-web", "0.0.6");
const SHA256: &str = "727844adfc825ee651fb93c544a2a739986f9a21820a94524b35f0cac470cf91";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=ORION_DATASTAR");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let script = match env::var_os("ORION_DATASTAR") {
        Some(path) => {
            println!("cargo:rerun-if-changed={}", path.display());
            fs::read(&path).map_err(|cause| format!("ORION_DATASTAR={}: {cause}", path.display()))
        }
        None => carried(&out),
    };
    let code = match script {
        Ok(bytes) => {
            fs::write(out.join("datastar.js"), bytes).expect("OUT_DIR can be written");
            "Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/datastar.js\")))"
        }
        Err(reason) => {
            println!(
                "cargo:warning=orion: pages will load Datastar from the public CDN, because it could not be embedded: {reason}. \
                 Set ORION_DATASTAR to the path of a datastar.js to embed it."
            );
            "None"
        }
    };
    fs::write(out.join("datastar.rs"), code).expect("OUT_DIR can be written");
}

/// The script out of the carrier's source, from cargo's cache where it is there, else fetched.
fn carried(out: &Path) -> Result<Vec<u8>, String> {
    let (name, version) = CARRIER;
    let dir = out.join("carrier");
    fs::create_dir_all(&dir).map_err(|cause| cause.to_string())?;
    fs::write(
        dir.join("Cargo.toml"),
        format!(
            "[package]\nname = \"carrier\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\npath = \"lib.rs\"\n\
             [dependencies]\n{name} = \"={version}\"\n[workspace]\n"
        ),
    )
    .map_err(|cause| cause.to_string())?;
    fs::write(dir.join("lib.rs"), "").map_err(|cause| cause.to_string())?;
    let metadata = metadata(&dir, true).or_else(|_| metadata(&dir, false))?;
    let package = metadata["packages"]
        .as_array()
        .and_then(|all| all.iter().find(|package| package["name"] == name))
        .ok_or_else(|| format!("cargo does not list {name}"))?;
    let manifest = package["manifest_path"].as_str().ok_or("cargo names no manifest")?;
    let path = Path::new(manifest).with_file_name("assets").join("datastar.js");
    let bytes = fs::read(&path).map_err(|cause| format!("{}: {cause}", path.display()))?;
    let digest = Hash::hash(&bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    if digest == SHA256 {
        Ok(bytes)
    } else {
        Err(format!("{name} {version} carries another script: {digest}"))
    }
}

fn metadata(dir: &Path, offline: bool) -> Result<serde_json::Value, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(dir).args(["metadata", "--format-version=1"]).stdin(Stdio::null());
    if offline {
        cargo.arg("--offline");
    }
    let output = cargo.output().map_err(|cause| format!("cargo cannot be run: {cause}"))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(text.lines().next_back().unwrap_or("cargo failed").trim().to_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|cause| cause.to_string())
}
