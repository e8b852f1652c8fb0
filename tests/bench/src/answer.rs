//! Answers of the platform, of any size and always the same (platform-contract §5).

use std::fmt::Write as _;

/// How many of everything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) organizations: usize,
    /// In each organization.
    pub(crate) workspaces: usize,
    /// In each workspace.
    pub(crate) jobs: usize,
}

impl Size {
    /// All jobs.
    pub(crate) const fn rows(self) -> usize {
        self.organizations * self.workspaces * self.jobs
    }

    /// Jobs of one workspace in one container: they take turns.
    const fn jobs_in(self, container: usize) -> usize {
        (self.jobs + CONTAINERS.len() - 1 - container) / CONTAINERS.len()
    }

    /// Jobs of one workspace that count: all but the conductors, which come last.
    const fn counted(self) -> usize {
        self.jobs - self.jobs_in(CONTAINERS.len() - 1)
    }
}

/// A container with statuses that it lists.
type Container = (&'static str, &'static [(&'static str, &'static str)]);

const CONTAINERS: [Container; 7] = [
    ("ita-by-ansible-execute", &[("2", "準備中"), ("3", "実行中"), ("4", "実行中(遅延)")]),
    ("ita-by-terraform-cloud-ep-execute", &[("2", "準備中"), ("3", "実行中"), ("4", "実行中(遅延)")]),
    ("ita-by-terraform-cli-execute", &[("2", "準備中"), ("3", "実行中"), ("4", "実行中(遅延)")]),
    ("ita-by-menu-create", &[("2", "実行中")]),
    ("ita-by-menu-export-import", &[("2", "実行中")]),
    ("ita-by-excel-export-import", &[("2", "実行中")]),
    ("ita-by-conductor-synchronize", &[("3", "実行中"), ("4", "実行中(遅延)"), ("5", "一時停止")]),
];

/// An answer in the shape of ITA 2.3 and later.
pub(crate) fn make(size: Size) -> Vec<u8> {
    make_from(Random(0x9e37_79b9_7f4a_7c15), size)
}

/// The same places with other jobs in them.
pub(crate) fn make_other(size: Size) -> Vec<u8> {
    make_from(Random(1), size)
}

fn make_from(mut random: Random, size: Size) -> Vec<u8> {
    let mut out = String::with_capacity(size.rows() * 160 + size.organizations * 100);
    let counted = size.counted();
    let all = counted * size.workspaces * size.organizations;
    put(&mut out, format_args!(r#"{{"data":{{"execute_count":{all},"organizations":["#));
    for organization in 0..size.organizations {
        let of_organization = counted * size.workspaces;
        separate(&mut out, organization);
        put(&mut out, format_args!(r#"{{"execute_count":{of_organization},"id":"org-{organization}","workspaces":["#));
        for workspace in 0..size.workspaces {
            separate(&mut out, workspace);
            put(&mut out, format_args!(r#"{{"execute_count":{counted},"id":"ws-{workspace}","backyards":{{"#));
            for index in 0..CONTAINERS.len() {
                separate(&mut out, index);
                put_container(&mut out, index, size.jobs_in(index), &mut random);
            }
            out.push_str("}}");
        }
        out.push_str("]}");
    }
    out.push_str(r#"]},"message":"SUCCESS","result":"000-00000","ts":"2026-11-22T10:12:50.122Z"}"#);
    out.into_bytes()
}

fn put_container(out: &mut String, container: usize, jobs: usize, random: &mut Random) {
    let (name, statuses) = CONTAINERS[container];
    put(out, format_args!(r#""{name}":["#));
    for job in 0..jobs {
        let (status_id, status_name) = statuses[random.below(statuses.len() as u64) as usize];
        let id = uuid(random);
        // The container's local time under the name of UTC, within the ten hours before the answer in Tokyo.
        let (hour, minute, second) = (9 + random.below(10), random.below(60), random.below(60));
        let micros = random.below(1_000_000);
        separate(out, job);
        put(
            out,
            format_args!(
                r#"{{"id":"{id}","last_update_timestamp":"2026-11-22T{hour:02}:{minute:02}:{second:02}.{micros:06}Z","#
            ),
        );
        put(out, format_args!(r#""status_id":"{status_id}","status_name":"{status_name}"}}"#));
    }
    out.push(']');
}

fn uuid(random: &mut Random) -> String {
    let (high, low) = (random.next(), random.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // A String takes everything.
    let _ = out.write_fmt(text);
}

fn separate(out: &mut String, index: usize) {
    if index > 0 {
        out.push(',');
    }
}

/// `SplitMix64`.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ value >> 31
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
