//! Configurations: any text as the file.

use orion::serve::Config;

pub(crate) const RIGHT: [&[u8]; 4] = [
    b"listen = '0.0.0.0:80'\nsynchronous = 'normal'\nwrite_timeout = 2.5\nqueue = 10\n",
    b"secret = '12345678901234567890123456789012'\nformer_secrets = ['database', '12345678901234567890123456789012']\n",
    b"proxies = ['10.0.0.7', '172.16.0.0/12']\norigins = ['https://a.example']\nlog = 'info,orion=debug'\n",
    b"request_timeout = 1e300\nread_timeout = inf\nshutdown_timeout = -1\nbody_limit = 0x10\nstreams = nan\n",
];

/// Whatever the file holds, the problems are told in lines that name what they are about; and what is taken keeps its promises.
pub(crate) fn gate(bytes: &[u8]) {
    match Config::of_toml("app", &String::from_utf8_lossy(bytes)) {
        Ok(config) => {
            for secret in config.secret.iter().chain(&config.former_secrets) {
                assert!(secret.len() >= 32 || secret == "database", "{secret}");
            }
            for time in
                [config.request_timeout, config.read_timeout, config.write_timeout, config.shutdown_timeout]
            {
                assert!(!time.is_zero() && std::time::Instant::now().checked_add(time).is_some(), "{time:?}");
            }
        }
        Err(error) => {
            assert!(!error.0.is_empty());
            assert!(error.0.iter().all(|problem| problem.contains(':')), "{error}");
        }
    }
}
