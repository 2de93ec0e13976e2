//! A certificate for a test's server.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Makes a certificate for `domain` that signs itself, as certbot names things: `fullchain.pem` and `privkey.pem`.
pub fn make(folder: &Path, domain: &str) {
    let config = format!(
        "[req]\ndistinguished_name=name\nx509_extensions=more\nprompt=no\n[name]\nCN={domain}\n\
        [more]\nsubjectAltName=DNS:{domain}\nbasicConstraints=critical,CA:FALSE\n"
    );
    fs::write(folder.join("certificate.conf"), config).expect("a file in the folder");
    let made = Command::new("openssl")
        .args(
            "req -x509 -config certificate.conf -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
                .split(' '),
        )
        .args("-keyout privkey.pem -out fullchain.pem -days 30".split(' '))
        .current_dir(folder)
        .output()
        .expect("openssl is there (tests/run installs it)");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
