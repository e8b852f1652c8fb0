//! An hour in which the platform and the network fail in every way in turn. Time is the runtime's and paused: it moves on
//! when nobody has anything to do. The oracle knows only what the server sent, and when.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use acceptance::consoles::{draft, Program};
use acceptance::fault_server::{envelope, grant, message, Act, FaultServer, Seen};
use acceptance::wait::PausedTime;
use ita_core::client::Limits;
use ita_core::domain::connection::{ConnectionDraft, Environment};
use ita_core::domain::live::{Live, Phase};
use ita_core::domain::truth::Truth;
use tokio::time::Instant;

/// Each way to fail lasts so long, and so does the sound time after it, s.
const SPELL: u64 = 90;
/// Seconds between polls of the connection.
const INTERVAL: u64 = 5;
/// How much of the paused time may pass while an answer is read, s.
const MOMENT: u64 = 3;
/// The longest exchange, s.
const LONGEST: u64 = 20;
const MODES: &str = "/api/platform/maintenance-mode-setting";
const JSON: &[(&str, &str)] = &[("Content-Type", "application/json")];

/// What an answer says to whoever believes complete and consistent answers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    /// Job stop and read-only.
    Flags(Option<bool>, Option<bool>),
    /// The figure that decides.
    Count(u32),
}

const FLAGS: Says = Says::Flags(Some(true), Some(true));
const COUNT: Says = Says::Count(3);

fn flags(job_stop: u8, read_only: u8) -> String {
    envelope(&format!(r#"{{"backyard_execute_stop":"{job_stop}","data_update_stop":"{read_only}"}}"#))
}

/// A list of workspaces with so many jobs each, and the count that is claimed for the whole.
fn list(claimed: u32, workspaces: &[u32]) -> String {
    let workspace = |(at, jobs): (usize, &u32)| {
        let rows: Vec<_> = (0..*jobs).map(|job| format!(r#"{{"id":"{at}-{job}","status_id":"2"}}"#)).collect();
        let rows = rows.join(",");
        format!(r#"{{"id":"ws{at}","execute_count":{jobs},"backyards":{{"ita-by-menu-create":[{rows}]}}}}"#)
    };
    let inside: Vec<_> = workspaces.iter().enumerate().map(workspace).collect();
    let (total, inside): (u32, _) = (workspaces.iter().sum(), inside.join(","));
    envelope(&format!(
        r#"{{"execute_count":{claimed},"organizations":[{{"id":"org","execute_count":{total},"workspaces":[{inside}]}}]}}"#
    ))
}

/// The sound body for a path.
fn sound(path: &str) -> String {
    if path == MODES {
        flags(1, 1)
    } else {
        list(3, &[2, 1])
    }
}

fn bomb() -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 16 * 1024 * 1024]).expect("memory");
    let body = encoder.finish().expect("memory");
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    [head.into_bytes(), body].concat()
}

/// A way to fail: what is answered to the path of a poll, the how manieth of its kind.
type Answer = Box<dyn Fn(&str, usize) -> Act + Send + Sync>;

struct Way {
    name: &'static str,
    answer: Answer,
    /// What the answers say about the modes and about the jobs.
    says: [Says; 2],
}

fn failing(name: &'static str, answer: impl Fn(&str, usize) -> Act + Send + Sync + 'static) -> Way {
    Way { name, answer: Box::new(answer), says: [Says::Nothing, Says::Nothing] }
}

/// Answers that are complete, whatever they say.
fn saying(name: &'static str, modes: (String, Says), jobs: (String, Says)) -> Way {
    let (flags, list) = (modes.0, jobs.0);
    let answer = move |path: &str, _| Act::json(200, if path == MODES { &flags } else { &list });
    Way { name, answer: Box::new(answer), says: [modes.1, jobs.1] }
}

fn ways() -> Vec<Way> {
    let (bomb, modes, jobs) = (bomb(), || (flags(1, 1), FLAGS), || (list(3, &[2, 1]), COUNT));
    let disguise = r#"[{"message":"システムエラー","result":"999-99999","ts":"2026-11-22T10:12:50.122Z"},500]"#;
    let ended = r#"{"data":"x","message":"x","result":"401-00002","ts":"2026-11-22T10:12:50.122Z"}"#;
    let broken = r#"{"data":null,"message":"システムエラー","result":"500-99999","ts":"2026-11-22T10:12:50.122Z"}"#;
    let halves = |path: &str| {
        let whole = message(200, JSON, &sound(path));
        whole[..whole.len() / 2].to_vec()
    };
    vec![
        failing("ended token", move |_, _| Act::json(401, ended)),
        failing("too many requests", |_, _| Act::answer(429, &[("Retry-After", "20")], "")),
        failing("platform error", move |_, _| Act::json(500, broken)),
        failing("gateway error", |_, nth| Act::html([502, 503, 504][nth % 3], "<title>Bad Gateway</title>")),
        failing("captive portal", |path, _| Act::html(200, &sound(path))),
        failing("error in disguise", move |_, _| Act::json(200, &envelope(disguise))),
        failing("cut at any byte", |path, nth| {
            let whole = message(200, JSON, &sound(path));
            Act::SendAndClose(whole[..(nth * 37 + 1) % whole.len()].to_vec())
        }),
        failing("cut without a length", |path, nth| {
            let head = b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n";
            let body = sound(path);
            Act::SendAndClose([head.as_slice(), &body.as_bytes()[..(nth * 41 + 1) % body.len()]].concat())
        }),
        failing("byte by byte", |path, _| {
            let bytes = message(200, JSON, &format!("{}{}", sound(path), " ".repeat(200)));
            Act::Drip(bytes.into_iter().map(|byte| vec![byte]).collect(), Duration::from_secs(1))
        }),
        failing("no answer", |_, _| Act::hang()),
        failing("half an answer", move |path, _| Act::SendAndHang(halves(path))),
        failing("reset", |_, _| Act::Reset(Vec::new())),
        failing("reset within the body", move |path, _| Act::Reset(halves(path))),
        failing("hung up", |_, _| Act::Close),
        failing("TLS alert", |_, _| Act::SendAndClose(vec![0x15, 3, 1, 0, 2, 2, 0x28])),
        failing("bomb", move |_, _| Act::Send(bomb.clone())),
        saying("a lie", (flags(0, 0), Says::Flags(Some(false), Some(false))), jobs()),
        saying("a row missing", (envelope(r#"{"backyard_execute_stop":"1"}"#), Says::Flags(Some(true), None)), jobs()),
        saying("counts that disagree", modes(), (list(9, &[2, 1]), Says::Count(9))),
        saying("a workspace vanished", modes(), (list(2, &[2]), Says::Count(2))),
    ]
}

/// One poll as the server answered it.
#[derive(Debug, Clone, Copy)]
struct Exchange {
    at: Instant,
    says: Says,
    way: Option<usize>,
}

/// What the server sent about the modes and about the jobs.
#[derive(Default)]
struct Record([Vec<Exchange>; 2]);

/// Which way is followed at `elapsed`, if it is not a sound time.
fn way_at(elapsed: Duration, ways: usize) -> Option<usize> {
    let spell = elapsed.as_secs() / SPELL;
    let way = usize::try_from(spell / 2).expect("a number of a way");
    (spell.is_multiple_of(2) && way < ways).then_some(way)
}

fn script(ways: Arc<Vec<Way>>, record: Arc<Mutex<Record>>, started: Instant) -> impl Fn(&Seen) -> Act + Send + Sync {
    move |seen| {
        if seen.is_token() {
            return grant("tok", "ref", 1800);
        }
        let kind = usize::from(seen.path != MODES);
        let exchanges = &mut record.lock().expect("not poisoned").0[kind];
        let way = way_at(started.elapsed(), ways.len());
        let says = way.map_or([FLAGS, COUNT][kind], |way| ways[way].says[kind]);
        exchanges.push(Exchange { at: Instant::now(), says, way });
        match way {
            Some(way) => (ways[way].answer)(&seen.path, exchanges.len()),
            None => Act::json(200, &sound(&seen.path)),
        }
    }
}

/// What may be called known now: what the newest exchange that said something said, unless a later one has certainly failed.
fn believable(exchanges: &[Exchange]) -> Vec<Says> {
    let mut believable = Vec::new();
    for exchange in exchanges.iter().rev() {
        let age = exchange.at.elapsed();
        if exchange.says != Says::Nothing {
            believable.push(exchange.says);
        }
        // What was answered more than a moment ago has been read, and what failed so long ago has been given up.
        let is_over =
            age >= Duration::from_secs(if exchange.says == Says::Nothing { LONGEST + MOMENT } else { MOMENT });
        if is_over {
            break;
        }
    }
    believable
}

fn known(live: &Live) -> [Says; 2] {
    let flags = live.modes.known();
    let is_known = flags.job_stop.is_some() || flags.read_only.is_some();
    let modes = if is_known { Says::Flags(flags.job_stop, flags.read_only) } else { Says::Nothing };
    [modes, live.running.known().map_or(Says::Nothing, |running| Says::Count(running.deciding))]
}

fn assert_true(live: &Live, record: &Record, second: u64) {
    for (says, exchanges) in known(live).into_iter().zip(&record.0) {
        let believable = believable(exchanges);
        let is_true = says == Says::Nothing || believable.contains(&says);
        assert!(is_true, "second {second}: {says:?} is called known, {believable:?} was said: {live:#?}");
    }
    for (truth, suspect) in
        [(&live.modes.job_stop, live.suspect.job_stop), (&live.modes.read_only, live.suspect.read_only)]
    {
        // In this hour nobody ever switches off, so every off is the lie.
        let is_off = matches!(truth, Truth::Known { value: false, .. });
        assert!(!is_off || suspect.is_some(), "second {second}: an off that nobody switched is suspect: {live:#?}");
    }
    assert!(!matches!(live.phase, Phase::Stopped { .. }), "second {second}: nothing here needs the user: {live:#?}");
    let size = serde_json::to_vec(live).expect("JSON").len();
    assert!(
        live.history.len() <= 240 && live.notices.len() <= 20 && size <= 64 * 1024,
        "second {second}: {size} bytes"
    );
}

/// The most requests of one loop in the hour.
fn most_polls(ways: &[Way], kind: usize) -> u64 {
    let steady = SPELL / INTERVAL + 2;
    // The back-off doubles from the interval; jitter makes a wait a fifth shorter at most.
    let backing_off = (0..).scan(0, |spent, nth: u32| {
        *spent += (INTERVAL << nth) * 4 / 5;
        (*spent < SPELL).then_some(())
    });
    let backing_off = backing_off.count() as u64 + 2;
    let of = |way: &Way| if way.says[kind] == Says::Nothing { backing_off } else { steady };
    // A token that has ended is renewed once a minute, and its request is repeated.
    // Each spell also begins with a look of somebody's.
    ways.iter().map(|way| of(way) + steady + 2).sum::<u64>() + SPELL / 60 + 2
}

/// Resident memory of this process, bytes.
#[cfg(target_os = "linux")]
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux");
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).expect("pages") * 4096
}

#[cfg(not(target_os = "linux"))]
fn resident() -> u64 {
    0
}

#[tokio::test(start_paused = true)]
async fn in_an_hour_of_every_failure_nothing_false_is_called_known() {
    let (ways, record, started) = (Arc::new(ways()), Arc::<Mutex<Record>>::default(), Instant::now());
    let hour = 2 * SPELL * ways.len() as u64;
    assert!(hour >= 3_600, "an hour at least: {hour}");
    let server = FaultServer::start(script(Arc::clone(&ways), Arc::clone(&record), started)).await.expect("a port");
    let longest = Duration::from_secs(LONGEST);
    let limits = Limits { body_jobs: 4 * 1024 * 1024, ..Limits::of_exchange(longest) };
    let mut program = Program::in_paused_time(limits);
    let draft = ConnectionDraft { poll_seconds: Some(5), ..draft(&server.origin, Environment::Production) };
    let saved = program.console.connections().save(draft, Some("secret".into())).await.expect("saved");
    program.console.open_saved(&saved.id, None).await.expect("opened");

    let mut time = PausedTime::default();
    let (mut early, mut seen_known) = (0, std::collections::BTreeSet::new());
    for second in 0..hour {
        if second % SPELL == 0 {
            // Somebody looks: a wait that was asked for, or grew, may be longer than a spell, and each has to be met.
            program.console.refresh().expect("open");
        }
        time.pass(Duration::from_secs(1)).await;
        let live = program.console.live();
        assert_true(&live, &record.lock().expect("not poisoned"), second);
        if known(&live) == [FLAGS, COUNT] {
            seen_known.insert(second / SPELL);
        }
        if second == hour / 3 {
            early = resident();
        }
    }
    let grown = resident().saturating_sub(early);
    assert!(grown < 32 * 1024 * 1024, "{grown} bytes more than after a third of the hour");
    for (kind, exchanges) in record.lock().expect("not poisoned").0.iter().enumerate() {
        let (made, most) = (exchanges.len() as u64, most_polls(&ways, kind));
        assert!(made <= most, "{made} requests, at most {most}");
        for (way, Way { name, .. }) in ways.iter().enumerate() {
            assert!(exchanges.iter().any(|exchange| exchange.way == Some(way)), "nobody met {name}");
        }
    }
    let logins = server.seen().iter().filter(|seen| seen.is_token()).count() as u64;
    assert!(logins <= 2 + SPELL / 60 + hour / 900, "{logins} logins and renewals");
    assert!(seen_known.len() >= ways.len() / 2, "the truth came back in {} of the sound times", seen_known.len());
    program.console.refresh().expect("open");
    program.wait_until("the truth in the end", |live| known(live) == [FLAGS, COUNT]).await;
}
