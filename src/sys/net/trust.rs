//! Whom to trust, and who one is oneself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, crypto};
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig, TlsProvider};

use crate::sys::files;

use super::NetError;

/// Where systems keep the list of certificate authorities: Debian, Fedora, openSUSE, Alpine, macOS.
const LISTS: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/opt/homebrew/etc/ca-certificates/cert.pem",
];

/// No such file is larger.
const MOST_BYTES: u64 = 4 << 20;

/// The authorities, and the certificate that one shows.
#[derive(Clone, Debug)]
pub struct Trust {
    authorities: Vec<CertificateDer<'static>>,
    own: Option<Own>,
}

#[derive(Clone, Debug)]
struct Own {
    chain: Vec<CertificateDer<'static>>,
    key: Arc<PrivateKeyDer<'static>>,
    /// The same for the HTTP client, which reads it itself.
    http: ClientCert,
}

impl Trust {
    /// The authorities in `file`, or else the machine's.
    ///
    /// # Errors
    /// If there are none.
    pub fn load(file: Option<&Path>) -> Result<Self, NetError> {
        let file = match file {
            Some(file) => file.to_owned(),
            None => {
                LISTS.iter().map(PathBuf::from).find(|list| list.is_file()).ok_or(NetError::NoAuthorities)?
            }
        };
        Ok(Self { authorities: certificates(&file)?, own: None })
    }

    /// The same, and oneself by a certificate and its key.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn with_own(self, certificate: &Path, key: &Path) -> Result<Self, NetError> {
        let chain = certificates(certificate)?;
        let bytes = read(key)?;
        let fault = |fault: String| NetError::Certificates { path: key.to_owned(), fault };
        let found = PrivateKeyDer::from_pem_slice(&bytes).map_err(|error| fault(error.to_string()))?;
        let http_key = PrivateKey::from_pem(&bytes).map_err(|error| fault(error.to_string()))?;
        let http_chain: Vec<_> = chain.iter().map(http_certificate).collect();
        let http = ClientCert::new_with_certs(&http_chain, http_key);
        Ok(Self { own: Some(Own { chain, key: Arc::new(found), http }), ..self })
    }

    /// The settings of TLS.
    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, NetError> {
        let mut roots = RootCertStore::empty();
        // A list has certificates that this TLS has no use for; that there is one of use is known.
        let _ = roots.add_parsable_certificates(self.authorities.iter().cloned());
        let builder = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots);
        let config = match &self.own {
            Some(Own { chain, key, .. }) => builder.with_client_auth_cert(chain.clone(), key.clone_key())?,
            None => builder.with_no_client_auth(),
        };
        Ok(Arc::new(config))
    }

    /// The same settings as the HTTP client has them.
    pub(super) fn http_config(&self) -> TlsConfig {
        let authorities = self.authorities.iter().map(http_certificate).collect();
        let own = self.own.as_ref().map(|own| own.http.clone());
        TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(Arc::new(crypto::ring::default_provider()))
            .root_certs(RootCerts::Specific(Arc::new(authorities)))
            .client_cert(own)
            .build()
    }
}

fn http_certificate(certificate: &CertificateDer<'static>) -> Certificate<'static> {
    Certificate::from_der(certificate.as_ref()).to_owned()
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, NetError> {
    let fault = |fault: String| NetError::Certificates { path: path.to_owned(), fault };
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(path)?).collect();
    let found = found.map_err(|error| fault(error.to_string()))?;
    if found.is_empty() { Err(fault("there is no certificate in it".to_owned())) } else { Ok(found) }
}

fn read(path: &Path) -> Result<Vec<u8>, NetError> {
    // The machine's list is a link on some systems, and lies where only root writes.
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    files::read(&real, MOST_BYTES)
        .map_err(|error| NetError::Certificates { path: path.to_owned(), fault: error.to_string() })
}
