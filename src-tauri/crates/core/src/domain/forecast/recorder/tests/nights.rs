//! Simulated platforms, watched poll by poll over many nights: of the forecasts that are made at least 80 of 100 hold,
//! whatever the law of the lives, and also where jobs depend on each other.

use std::collections::HashSet;

use super::*;
use crate::domain::forecast::tests::{Dice, Law, LAWS};

/// How jobs hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// Each for itself.
    None,
    /// Up to four begin together, and one slow disk slows them all.
    Batch,
    /// One begins when the one before has ended, and they are of one size.
    Chain,
}

struct Job {
    key: JobKey,
    life: u32,
    ends_at: i64,
    /// Jobs of the chain that are still to come.
    follow: u32,
}

struct Platform {
    dice: Dice,
    law: Law,
    bond: Bond,
    now: i64,
    next_arrival: i64,
    made: u32,
    jobs: Vec<Job>,
    is_stopped: bool,
    recorder: Recorder,
    listed: HashSet<JobKey>,
    is_gap: bool,
}

impl Platform {
    fn new(law: Law, bond: Bond, seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            law,
            bond,
            now: 0,
            next_arrival: 0,
            made: 0,
            jobs: Vec::new(),
            is_stopped: false,
            recorder: Recorder::default(),
            listed: HashSet::new(),
            is_gap: true,
        }
    }

    fn begin(&mut self, at: i64, life: u32, follow: u32) {
        self.made += 1;
        let key = key(&format!("{:08x}-{}", self.dice.below(u32::MAX), self.made));
        let ends_at = if life == NEVER { i64::MAX } else { at + i64::from(life) };
        self.jobs.push(Job { key, life, ends_at, follow });
    }

    fn arrive(&mut self, at: i64) {
        self.next_arrival = at + 1 + i64::from(self.dice.below(400));
        if self.is_stopped {
            return;
        }
        let life = (self.law)(&mut self.dice);
        let others = self.dice.below(4);
        match self.bond {
            Bond::None => self.begin(at, life, 0),
            Bond::Chain => self.begin(at, life, others),
            Bond::Batch => {
                for _ in 0..=others {
                    let spread = if life == NEVER { 0 } else { self.dice.below(life / 10 + 1) };
                    self.begin(at, life + spread, 0);
                }
            }
        }
    }

    fn pass(&mut self, seconds: i64) {
        let until = self.now + seconds;
        loop {
            let ending = (0..self.jobs.len()).min_by_key(|index| self.jobs[*index].ends_at);
            let ends_at = ending.map_or(i64::MAX, |index| self.jobs[index].ends_at);
            if ends_at.min(self.next_arrival) > until {
                break;
            }
            match ending.filter(|_| ends_at <= self.next_arrival) {
                None => self.arrive(self.next_arrival),
                Some(index) => {
                    let Job { life, follow, .. } = self.jobs.swap_remove(index);
                    if follow > 0 && !self.is_stopped {
                        self.begin(ends_at, life, follow - 1);
                    }
                }
            }
        }
        self.now = until;
    }

    /// One list after another; now and then none for a while, and now and then another session.
    fn poll(&mut self) {
        let wait = 20 + i64::from(self.dice.below(10));
        self.pass(wait);
        if self.dice.below(100) == 0 {
            let gap = i64::from(self.dice.below(900));
            self.pass(gap);
            self.is_gap = self.dice.below(2) == 0;
            if self.is_gap {
                self.recorder = Recorder::resume(self.recorder.record());
            }
        }
        let there: HashSet<JobKey> = self.jobs.iter().map(|job| job.key.clone()).collect();
        let (appeared, left) = if self.is_gap {
            self.recorder.watched().cloned().partition(|key| there.contains(key))
        } else {
            let (appeared, left) = (there.difference(&self.listed), self.listed.difference(&there));
            (appeared.cloned().collect(), left.cloned().collect())
        };
        let changes = Changes { is_next: !self.is_gap, appeared, left, taken: Vec::new() };
        self.recorder.read(changes, Timestamp(self.now * 1_000));
        (self.listed, self.is_gap) = (there, false);
    }

    fn forecast(&self) -> Forecast {
        let holding: Vec<JobKey> = self.jobs.iter().map(|job| job.key.clone()).collect();
        self.recorder.forecast(&holding)
    }

    /// When the last one ends, if none begins any more.
    fn zero_at(&self) -> i64 {
        self.jobs.iter().map(|job| job.ends_at).max().unwrap_or(self.now)
    }

    /// A day of so many polls, and a drain: which forecasts were made at each of [`LOOKS`], and whether they held.
    fn night(&mut self, polls: u32, tally: &mut [(u32, u32); LOOKS.len()]) {
        self.is_stopped = false;
        (0..polls).for_each(|_| self.poll());
        self.is_stopped = true;
        for poll in 0..=LOOKS[LOOKS.len() - 1] {
            if let Some(look) = LOOKS.iter().position(|look| *look == poll) {
                if let Forecast::Between { earliest, latest, .. } = self.forecast() {
                    let held = (earliest.0 / 1_000..=latest.0 / 1_000).contains(&self.zero_at());
                    tally[look].0 += 1;
                    tally[look].1 += u32::from(held);
                }
            }
            self.poll();
        }
    }
}

/// Polls after job stop at which a forecast is looked at.
const LOOKS: [u32; 4] = [0, 5, 15, 40];

/// How long somebody watches before it counts.
#[derive(Debug, Clone, Copy)]
enum Watched {
    /// Since this evening: the longest lives cannot have been seen to their end.
    AnHourOrTwo,
    /// For a day, and the nights before.
    ADayAndMore,
}

fn tally(law: Law, bond: Bond, watched: Watched) -> [(u32, u32); LOOKS.len()] {
    let mut tally = [(0, 0); LOOKS.len()];
    let mut unlooked = tally;
    match watched {
        Watched::AnHourOrTwo => {
            for seed in 0..60 {
                Platform::new(law, bond, seed * 7_919 + 1).night(150 + seed as u32, &mut tally);
            }
        }
        Watched::ADayAndMore => {
            for seed in 0..4 {
                let mut platform = Platform::new(law, bond, seed * 7_919 + 1);
                platform.night(2_000, &mut unlooked);
                (0..15).for_each(|_| platform.night(100, &mut tally));
            }
        }
    }
    tally
}

#[test]
fn eighty_of_a_hundred_hold_on_nights_that_were_watched() {
    let mut spoken = 0;
    for (name, law) in LAWS {
        for bond in [Bond::None, Bond::Batch, Bond::Chain] {
            for watched in [Watched::AnHourOrTwo, Watched::ADayAndMore] {
                let tally = tally(law, bond, watched);
                for (made, held) in tally {
                    spoken += made;
                    // Three standard deviations of a fair 80 of 100 among so many.
                    let luck = 3.0 * (f64::from(made) * 0.16).sqrt();
                    let enough = f64::from(held) + luck >= f64::from(made) * 0.8;
                    assert!(enough, "{name}, {bond:?}, {watched:?}: {held} of {made}");
                }
            }
        }
    }
    assert!(spoken > 800, "it speaks only {spoken} times");
}
