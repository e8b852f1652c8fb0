//! The two sites as axum servers.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{body::Body, extract::State, http::Request, response::Response, Router};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use super::{admin, incoming::Incoming, organization, tls::TlsListener};
use crate::{
    record::{RecordedRequest, Site},
    world::{lock, Shared},
};

/// The most of a PATCH body that is remembered, characters.
const REMEMBERED: usize = 1_024;

/// What a handler needs.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) site: Site,
    pub(crate) world: Shared,
    pub(crate) stopping: watch::Receiver<bool>,
}

/// Binds 127.0.0.1; port 0 for a free one.
pub(crate) async fn bind(port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves a site until it is stopped.
pub(crate) fn serve(
    listener: TcpListener,
    tls: Option<Arc<rustls::ServerConfig>>,
    context: Context,
) -> JoinHandle<io::Result<()>> {
    let mut stopping = context.stopping.clone();
    let stopped = async move {
        // An error means that the platform was dropped: stop as well.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    };
    let router = Router::new().fallback(handle).with_state(context);
    tokio::spawn(async move {
        match tls {
            None => axum::serve(listener, router).with_graceful_shutdown(stopped).await,
            Some(config) => {
                axum::serve(TlsListener::new(listener, config)?, router).with_graceful_shutdown(stopped).await
            }
        }
    })
}

async fn handle(State(mut context): State<Context>, request: Request<Body>) -> Response {
    let incoming = Incoming::read(request).await;
    let (answer, delay, held) = {
        let mut world = lock(&context.world);
        world.catch_up();
        let answer = match context.site {
            Site::Admin => admin::answer(&mut world, &incoming),
            Site::Organization => organization::answer(&world, &incoming),
        };
        let patch = incoming.method == "PATCH";
        world.recorder.push(RecordedRequest {
            site: context.site,
            method: incoming.method.clone(),
            path: incoming.target.clone(),
            credential: incoming.credential(),
            status: answer.status,
            body: patch.then(|| String::from_utf8_lossy(&incoming.body).chars().take(REMEMBERED).collect()),
        });
        let jobs = incoming.path.starts_with("/api/ita/backyard-execute-check");
        let delay = world.delay + if jobs { world.jobs_delay } else { Duration::ZERO };
        (answer, delay, patch.then(|| world.changes_held.subscribe()))
    };
    tokio::select! {
        () = hold_back(delay, held) => {}
        _ = context.stopping.wait_for(|stopping| *stopping) => {}
    }
    answer.into_response()
}

/// Keeps an answer that is ready for as long as the control wants it.
async fn hold_back(delay: Duration, held: Option<watch::Receiver<bool>>) {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    if let Some(mut held) = held {
        // An error means that the platform was dropped.
        let _ = held.wait_for(|held| !*held).await;
    }
}
