//! The network between a program and a server on this machine, which can be lost and found again.

use std::net::Ipv4Addr;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// A way to a server that can be shut: its connections break, and new ones are refused. Shut when dropped.
#[derive(Debug)]
pub struct Door {
    server: u16,
    port: u16,
    way: Option<JoinHandle<()>>,
}

impl Door {
    /// An open door to a server on 127.0.0.1.
    pub async fn before(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        Self { server, port, way: Some(lead(listener, server)) }
    }

    /// Where programs find the server.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Loses the network.
    pub async fn shut(&mut self) {
        let way = self.way.take().expect("it is open");
        way.abort();
        let _ = way.await; // it has let go of the port
    }

    /// Finds it again.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.expect("its port is still free");
        self.way = Some(lead(listener, self.server));
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Some(way) = &self.way {
            way.abort();
        }
    }
}

/// Every connection lives as long as the way.
fn lead(listener: TcpListener, server: u16) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut connections = JoinSet::new();
        while let Ok((mut from, _)) = listener.accept().await {
            connections.spawn(async move {
                let Ok(mut to) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await else { return };
                // Either side may leave.
                let _ = tokio::io::copy_bidirectional(&mut from, &mut to).await;
            });
        }
    })
}
