//! Whatever happens in whatever order. The oracle is a list of what was observed, and knows nothing of phases.

use proptest::prelude::*;

use super::*;

/// When each run begins.
const BEGINNING: Timestamp = Timestamp(1_000_000_000);

fn flag() -> impl Strategy<Value = Flag> {
    prop_oneof![4 => Just(Flag::On), 3 => Just(Flag::Off), 1 => Just(Flag::Unknown), 1 => Just(Flag::Suspect)]
}

fn modes() -> impl Strategy<Value = Observation> {
    let any = (flag(), flag()).prop_map(|(job_stop, read_only)| Observation::Modes { job_stop, read_only });
    prop_oneof![2 => Just(Observation::Modes { job_stop: Flag::On, read_only: Flag::Off }), 2 => any]
}

fn polls() -> impl Strategy<Value = Observation> {
    let other = (0..3_u32, 0..2_u32, 0..2_u32, any::<bool>()).prop_map(|(counted, odd, new, is_consistent)| {
        let unclassified = [("odd", odd), ("new", new)].into_iter().filter(|(_, rows)| *rows > 0);
        let unclassified = unclassified.map(|(name, rows)| (name.to_owned(), rows)).collect();
        let deciding = counted + odd + new;
        let lasts_ms = if odd > 0 { 400_000 } else { 0 };
        Observation::Jobs(JobsSeen { deciding, unclassified, is_consistent, lasts_ms, ..jobs(counted) })
    });
    prop_oneof![6 => Just(Observation::Jobs(jobs(0))), 2 => other, 1 => Just(Observation::JobsUnknown)]
}

fn phase() -> impl Strategy<Value = ProcedurePhase> {
    use ProcedurePhase as Phase;
    prop::sample::select(vec![
        Phase::Scheduled,
        Phase::StoppingJobs,
        Phase::Draining,
        Phase::PointOfNoReturn,
        Phase::QuietGate,
        Phase::Work,
        Phase::EndingReadOnly,
        Phase::Checking,
        Phase::StartingJobs,
    ])
}

fn acts() -> impl Strategy<Value = Observation> {
    let at = |after: Option<i64>| after.map(|after| Timestamp(BEGINNING.0 + after));
    let start = move |(go_on_by_itself, start_at, give_up_at): (bool, Option<i64>, Option<i64>)| {
        let (start_at, give_up_at) = (at(start_at), at(give_up_at));
        ProcedureAct::Start { options: Options { start_at, give_up_at, go_on_by_itself, ..Options::default() } }
    };
    let time = |weight| prop::option::weighted(weight, 0..600_000_i64);
    prop_oneof![
        4 => (any::<bool>(), time(0.4), time(0.3)).prop_map(start),
        2 => time(0.8).prop_map(move |after| ProcedureAct::GiveUpAt { at: at(after) }),
        4 => (phase(), any::<bool>()).prop_map(|(phase, named)| ProcedureAct::Confirm { phase, named }),
        2 => any::<bool>().prop_map(|on| ProcedureAct::GoOnByItself { on }),
        1 => Just(ProcedureAct::SwitchOff { mode: Mode::ReadOnly }),
        1 => Just(ProcedureAct::SwitchOff { mode: Mode::JobStop }),
        1 => prop::sample::select(vec!["odd", "new"])
            .prop_map(|container| ProcedureAct::Waive { container: container.to_owned() }),
        1 => prop::sample::select(vec![
            ProcedureAct::Hold, ProcedureAct::Continue, ProcedureAct::Abort, ProcedureAct::Reopen,
            ProcedureAct::StopWatch, ProcedureAct::StopAgain, ProcedureAct::ServicesRestarted { done: true },
        ]),
    ]
    .prop_map(Observation::Act)
}

fn observations() -> impl Strategy<Value = Vec<(Observation, i64)>> {
    let rare = prop::sample::select(vec![
        Observation::Tick,
        Observation::LockClosed,
        Observation::Resumed,
        Observation::PlatformAway,
        Observation::PlatformBack,
    ]);
    let by_hand = (any::<bool>(), any::<bool>()).prop_map(|(stop, on)| {
        let mode = if stop { Mode::JobStop } else { Mode::ReadOnly };
        Observation::ByHand { mode, on }
    });
    let one = prop_oneof![1 => by_hand, 6 => polls(), 4 => modes(), 3 => acts(), 1 => rare];
    let gap = prop_oneof![20 => 0..20_000_i64, 1 => -9_000_000..9_000_000_i64];
    prop::collection::vec((one, gap), 0..80)
}

/// An opening that reaches deep into the procedure, then anything.
fn runs() -> impl Strategy<Value = Vec<(Observation, i64)>> {
    let options = Options { go_on_by_itself: true, ..Options::default() };
    let opening = [
        (Observation::Modes { job_stop: Flag::Off, read_only: Flag::Off }, 1_000),
        (Observation::Act(ProcedureAct::Start { options }), 1_000),
        (Observation::Modes { job_stop: Flag::On, read_only: Flag::Off }, 1_000),
        (Observation::Jobs(jobs(0)), 1_000),
    ];
    (0..=4_usize, observations()).prop_map(move |(deep, rest)| opening[..deep].iter().cloned().chain(rest).collect())
}

/// What the planned start needs, from the bare observations, newest last.
fn may_start(seen: &[(Observation, Timestamp)]) -> bool {
    let now = seen.last().map_or(Timestamp(0), |(_, at)| *at);
    let newest = |wanted: fn(&Observation) -> bool| seen.iter().rposition(|(it, _)| wanted(it));
    let off = Observation::Modes { job_stop: Flag::Off, read_only: Flag::Off };
    let modes = newest(|it| matches!(it, Observation::Modes { .. }));
    let is_off = modes.is_some_and(|at| seen[at].0 == off && (0..=120_000).contains(&(now.0 - seen[at].1 .0)));
    let planned =
        newest(|it| matches!(it, Observation::Act(ProcedureAct::Start { options }) if options.start_at.is_some()));
    let is_time = seen.iter().any(|(it, _)| match it {
        Observation::Act(ProcedureAct::Start { options }) => options.start_at.is_some_and(|at| at <= now),
        _ => false,
    });
    let resumed = newest(|it| matches!(it, Observation::Resumed));
    is_off && is_time && planned.is_some() && planned > resumed && planned >= lost(seen)
}

/// How many zeros in a row, the newest included, can be found that are 4.5 s from each other and from the reading that
/// found job stop on again. Time is what went by: a clock that is set back takes none away.
fn most_apart(seen: &[(Observation, Timestamp)]) -> usize {
    let waived: Vec<_> = seen
        .iter()
        .filter_map(|(it, _)| match it {
            Observation::Act(ProcedureAct::Waive { container }) => Some(container),
            _ => None,
        })
        .collect();
    let is_zero = |jobs: &JobsSeen| {
        jobs.is_consistent && jobs.counted == 0 && jobs.unclassified.keys().all(|name| waived.contains(&name))
    };
    let (mut zeros, mut stopped_at, mut flag) = (Vec::new(), None, Flag::Off);
    let (mut elapsed, mut before) = (0, BEGINNING.0);
    for (observation, at) in seen {
        elapsed += (at.0 - before).max(0);
        before = at.0;
        match observation {
            Observation::Modes { job_stop, .. } => {
                flag = *job_stop;
                match flag {
                    Flag::On => stopped_at = stopped_at.or(Some(elapsed)),
                    Flag::Off | Flag::Suspect => stopped_at = None,
                    Flag::Unknown => {}
                }
            }
            Observation::Jobs(jobs) if flag == Flag::On && is_zero(jobs) => zeros.push(elapsed),
            Observation::Jobs(_) | Observation::JobsUnknown => zeros.clear(),
            _ => {}
        }
    }
    let Some(stopped_at) = stopped_at else { return 0 };
    let (mut found, mut last) = (0, stopped_at);
    for at in zeros {
        if at - last >= 4_500 {
            (found, last) = (found + 1, at);
        }
    }
    found
}

/// What the automatic step to read-only needs, from the bare observations, newest last.
fn may_step(seen: &[(Observation, Timestamp)]) -> bool {
    let now = seen.last().map_or(Timestamp(0), |(_, at)| *at);
    let is_recent = |at: Timestamp, span: i64| (0..=span).contains(&(now.0 - at.0));
    let recent = seen.iter().rev().find_map(|(it, at)| match it {
        Observation::Modes { .. } => Some(is_recent(*at, 120_000)),
        _ => None,
    });
    let recent_list = seen.iter().rev().find_map(|(it, at)| match it {
        Observation::Jobs(jobs) => Some(is_recent(*at, jobs.lasts_ms.max(120_000))),
        _ => None,
    });
    let recent = recent == Some(true) && recent_list == Some(true);
    let cut_off = lost(seen);
    let three = most_apart(seen) >= 3;
    let seen: Vec<&Observation> = seen.iter().map(|(it, _)| it).collect();
    let modes = seen.iter().rev().find(|it| matches!(it, Observation::Modes { .. }));
    let stopped = matches!(modes, Some(Observation::Modes { job_stop: Flag::On, read_only: Flag::Off }));
    let last = |wanted: fn(&Observation) -> bool| seen.iter().rposition(|it| wanted(it));
    let armed = last(|it| {
        matches!(it, Observation::Act(ProcedureAct::GoOnByItself { on: true }))
            || matches!(it, Observation::Act(ProcedureAct::Start { options }) if options.go_on_by_itself)
    });
    recent
        && three
        && stopped
        && armed.is_some()
        && armed > last(|it| matches!(it, Observation::Resumed))
        && armed >= cut_off
}

/// A night is given up while the drain is awaited, at its limit; and who has to read again first has time for it.
fn may_give_up(before: &Procedure, now: Timestamp) -> bool {
    let is_awaited = matches!(before.phase, ProcedurePhase::StoppingJobs | ProcedurePhase::Draining);
    let patience = if before.rereading { 15 * 60_000 } else { 0 };
    is_awaited && before.options.give_up_at.is_some_and(|at| now.0 - at.0 >= patience)
}

/// The newest observation that came when the platform had not answered for five minutes. The first word that it is away counts.
fn lost(seen: &[(Observation, Timestamp)]) -> Option<usize> {
    let (mut since, mut lost) = (None, None);
    for (index, (observation, at)) in seen.iter().enumerate() {
        if since.is_some_and(|since: Timestamp| at.0 - since.0 >= 300_000) {
            lost = Some(index);
        }
        match observation {
            Observation::PlatformAway => since = since.or(Some(*at)),
            Observation::PlatformBack => since = None,
            _ => {}
        }
    }
    lost
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nothing_happens_by_itself_that_is_not_proved_and_confirmed(run in runs()) {
        let (mut state, mut now, mut seen, mut told) = (Procedure::default(), BEGINNING, vec![], vec![]);
        for (observation, gap) in run {
            now.0 += gap;
            let was_armed = state.automation == Automation::Armed;
            let (after, effects) = next(state.clone(), &observation, now);

            let saved = serde_json::to_string(&state).expect("a state can be saved");
            let loaded = Procedure::load(&saved).expect("and read again");
            prop_assert_eq!(&next(loaded, &observation, now), &(after.clone(), effects.clone()));

            seen.push((observation.clone(), now));
            if after.phase == ProcedurePhase::GaveUp && state.phase != ProcedurePhase::GaveUp {
                prop_assert!(may_give_up(&state, now), "{:?}", state);
            }
            // Of one that is planned already it may be the very moment.
            let is_planned = !state.phase.is_active()
                && matches!(&observation, Observation::Act(ProcedureAct::Start { options }) if options.start_at.is_some());
            prop_assert!(!is_planned || switches(&effects).is_empty(), "{:?}", seen);
            let is_act = matches!(observation, Observation::Act(_) | Observation::ByHand { .. });
            if matches!(observation, Observation::Act(ProcedureAct::Start { .. })) && !state.phase.is_active() {
                told.clear();
            }
            if matches!(observation, Observation::Act(ProcedureAct::Continue | ProcedureAct::Reopen)) {
                told.retain(|notice| !matches!(notice, ProcedureNotice::LeftOn { .. }));
            }
            for effect in &effects {
                match effect {
                    Effect::Switch { mode, on, automatic: true } => {
                        let may = if *mode == Mode::JobStop { may_start(&seen) } else { may_step(&seen) };
                        prop_assert!(*on && may, "{:?} {:?}", mode, seen);
                    }
                    Effect::Switch { automatic: false, .. } => prop_assert!(is_act),
                    Effect::Notice(notice) => {
                        prop_assert!(!told.contains(notice), "twice: {:?}", notice);
                        told.push(*notice);
                    }
                    _ => {}
                }
            }
            if let Observation::Modes { job_stop, read_only } = observation {
                let flipped = |before: &state::ModeKnowledge, flag| {
                    let proved = before.proved.map(|on| if on { Flag::On } else { Flag::Off });
                    before.sent.is_none() && matches!(flag, Flag::On | Flag::Off) && proved.is_some_and(|it| it != flag)
                };
                if was_armed && (flipped(&state.job_stop, job_stop) || flipped(&state.read_only, read_only)) {
                    prop_assert!(matches!(after.automation, Automation::Stopped { .. }), "{:?}", after);
                }
            }
            state = after;
        }
    }

    #[test]
    fn from_everywhere_a_mode_can_be_switched_off_and_the_night_can_end(run in runs()) {
        let (mut state, mut now) = (Procedure::default(), BEGINNING);
        for (observation, gap) in run {
            now.0 += gap;
            state = next(state, &observation, now).0;
        }
        for mode in [Mode::JobStop, Mode::ReadOnly] {
            let (_, effects) = next(state.clone(), &Observation::Act(ProcedureAct::SwitchOff { mode }), now);
            prop_assert_eq!(switches(&effects), [(mode, false)]);
        }
        if state.phase.is_active() {
            let (ended, effects) = next(state.clone(), &Observation::Act(ProcedureAct::Abort), now);
            prop_assert_eq!((ended.phase.is_active(), switches(&effects)), (false, vec![]));
        }
        // A plan may be called off at that very moment, and then nothing is there to be opened again.
        if !matches!(state.phase, ProcedurePhase::NotStarted | ProcedurePhase::Scheduled) {
            let mut night = Night { state, now };
            night.act(ProcedureAct::Reopen);
            night.modes(Flag::On, Flag::Off);
            night.confirm(false);
            night.modes(Flag::Off, Flag::Off);
            night.act(ProcedureAct::StopWatch);
            prop_assert_eq!(night.state.phase, ProcedurePhase::Finished);
        }
    }
}
