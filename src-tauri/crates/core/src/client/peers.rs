//! Which machines answered under one name.

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Machines that are told apart; a name with more of them is a balancer's, and no news.
const MOST_PEERS: usize = 16;

/// A name that leads to a machine which never answered under it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Who answered before.
    pub from: IpAddr,
    /// Who answers now.
    pub to: IpAddr,
}

/// The machines that answered so far. One that comes back is no news: a name may stand for two.
#[derive(Debug, Default)]
pub(super) struct Peers(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// In the order of their first answer.
    machines: Vec<IpAddr>,
    last: Option<IpAddr>,
    moved: Option<Move>,
}

impl Peers {
    pub(super) fn answered(&self, peer: IpAddr) {
        let mut known = self.known();
        let before = known.last.replace(peer);
        if known.machines.contains(&peer) || known.machines.len() >= MOST_PEERS {
            return;
        }
        known.machines.push(peer);
        if let Some(from) = before {
            known.moved = Some(Move { from, to: peer });
        }
    }

    /// The newest move that nobody has asked about.
    pub(super) fn moved(&self) -> Option<Move> {
        self.known().moved.take()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_machine_is_news_once_and_one_that_comes_back_is_none() {
        let machine = |last: u8| IpAddr::from([10, 0, 0, last]);
        let peers = Peers::default();
        let answered = |last: u8| {
            peers.answered(machine(last));
            peers.moved()
        };
        assert_eq!(answered(1), None, "the first one");
        assert_eq!(answered(1), None);
        assert_eq!(answered(2), Some(Move { from: machine(1), to: machine(2) }));
        assert_eq!((answered(2), answered(1), answered(2)), (None, None, None), "a name of two machines");
        assert_eq!(answered(3), Some(Move { from: machine(2), to: machine(3) }));
        let news = (4..=255).filter(|last| answered(*last).is_some()).count();
        assert_eq!(news, MOST_PEERS - 3, "what is kept is bounded, and so are the news");
    }
}
