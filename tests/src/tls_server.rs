//! A TLS server with a certificate of the test's making, which counts the application bytes that reach it.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::fault_server::{serve, Act, Seen};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A leaf certificate with its key and what stands above it.
#[derive(Debug)]
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivatePkcs8KeyDer<'static>,
    /// The certificate that a client would have to trust, as PEM.
    pub authority_pem: String,
}

impl Identity {
    /// What `openssl req -x509` makes: signed by itself and marked as an authority.
    pub fn self_signed_authority() -> Result<Self> {
        Self::self_signed(|params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained))
    }

    /// Signed by itself, not an authority; `change` adjusts the rest.
    pub fn self_signed(change: impl FnOnce(&mut CertificateParams)) -> Result<Self> {
        let key = KeyPair::generate()?;
        let mut params = leaf_params()?;
        change(&mut params);
        let certificate = params.self_signed(&key)?;
        Ok(Self { authority_pem: certificate.pem(), chain: vec![certificate.der().clone()], key: pkcs8(&key) })
    }

    /// Signed by an authority of its own.
    pub fn issued(change: impl FnOnce(&mut CertificateParams)) -> Result<Self> {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "Test Authority");
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let mut params = leaf_params()?;
        change(&mut params);
        let certificate = params.signed_by(&key, &authority)?;
        let chain = vec![certificate.der().clone(), authority.der().clone()];
        Ok(Self { authority_pem: authority.pem(), chain, key: pkcs8(&key) })
    }

    /// A certificate and its PKCS#8 key that another tool made; the certificate is its own authority.
    pub fn from_pem(certificate: &str, key: &str) -> Result<Self> {
        let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes())?];
        let key = PrivatePkcs8KeyDer::from_pem_slice(key.as_bytes())?;
        Ok(Self { chain, key, authority_pem: certificate.to_owned() })
    }

    /// SHA-256 of the leaf, lower-case hexadecimal.
    pub fn sha256(&self) -> String {
        let leaf = self.chain.first().map(AsRef::as_ref).unwrap_or_default();
        Sha256::digest(leaf).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The configuration of a server that shows it.
    pub fn server_config(&self) -> Result<Arc<ServerConfig>> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let signing = provider.key_provider.load_private_key(PrivateKeyDer::Pkcs8(self.key.clone_key()))?;
        // Without the usual check that key and certificate belong together: impostors are tested too.
        let certified = rustls::sign::CertifiedKey::new(self.chain.clone(), signing);
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(certified)));
        Ok(Arc::new(config))
    }

    /// The same certificate with a key that is not its own: what an impostor who copied it can show.
    pub fn with_stolen_certificate(&self) -> Result<Self> {
        let (chain, authority_pem) = (self.chain.clone(), self.authority_pem.clone());
        Ok(Self { chain, key: pkcs8(&KeyPair::generate()?), authority_pem })
    }

    /// A client that trusts the authority of this certificate and nobody else.
    pub fn client_config(&self) -> Result<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(self.authority_pem.as_bytes())?)?;
        Ok(ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth())
    }
}

fn leaf_params() -> Result<CertificateParams> {
    let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned(), "localhost".to_owned()])?;
    params.distinguished_name.push(DnType::CommonName, "ita.test");
    Ok(params)
}

fn pkcs8(key: &KeyPair) -> PrivatePkcs8KeyDer<'static> {
    PrivatePkcs8KeyDer::from(key.serialize_der())
}

/// A server on 127.0.0.1. Stops when it is dropped.
#[derive(Debug)]
pub struct TlsServer {
    /// `https://127.0.0.1:PORT`.
    pub origin: String,
    log: Arc<Mutex<Vec<Seen>>>,
    completed: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl TlsServer {
    /// Shows `identity` and asks `script` what to do with each request.
    pub async fn start(identity: &Identity, script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> Result<Self> {
        let acceptor = TlsAcceptor::from(identity.server_config()?);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("https://{}", listener.local_addr()?);
        let (log, completed) = (Arc::<Mutex<Vec<Seen>>>::default(), Arc::<AtomicUsize>::default());
        let script = Arc::new(script);
        let shared = (Arc::clone(&log), Arc::clone(&completed));
        let task = tokio::spawn(async move {
            for connection in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                let (acceptor, script) = (acceptor.clone(), Arc::clone(&script));
                let (log, completed) = shared.clone();
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    completed.fetch_add(1, Ordering::SeqCst);
                    // A client that hangs up is what tests are about.
                    let _ = serve(stream, connection, &*script, &log).await;
                });
            }
        });
        Ok(Self { origin, log, completed, task })
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Handshakes that the client finished, so that it could have sent something.
    pub fn completed_handshakes(&self) -> usize {
        self.completed.load(Ordering::SeqCst)
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}
