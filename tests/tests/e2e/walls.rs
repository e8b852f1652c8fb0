//! What a hostile script in the page reaches: our own commands and the news, and nothing else of this machine or the
//! network.

use std::collections::BTreeSet;
use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use acceptance::desktop::Desktop;
use acceptance::journey::{expect_practice, prefer, JA_LIGHT};
use acceptance::program;
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use serde_json::{json, Value};

/// Commands of plugins that this program does not have; a later one must not bring them.
const FOREIGN: [&str; 14] = [
    "plugin:fs|read_file",
    "plugin:fs|write_file",
    "plugin:fs|read_dir",
    "plugin:fs|remove",
    "plugin:shell|execute",
    "plugin:shell|spawn",
    "plugin:shell|open",
    "plugin:http|fetch",
    "plugin:opener|open_url",
    "plugin:opener|open_path",
    "plugin:process|exit",
    "plugin:os|platform",
    "plugin:clipboard-manager|read_text",
    "plugin:updater|check",
];

/// They open the system's own dialog, which no driver can close again; that they are granted is shown by `contract.rs`.
const OPEN_A_DIALOG: [&str; 3] = ["choose_export_folder", "export_connections", "choose_import"];

/// Asks for a command without arguments and says how that ended. What is allowed answers, or misses its arguments.
const TRY_COMMANDS: &str = "
    const [names, done] = [arguments[0], arguments[arguments.length - 1]];
    const attempt = async (name) => {
        try {
            await window.__TAURI_INTERNALS__.invoke(name, {});
            return [name, 'answered'];
        } catch (refusal) {
            return [name, typeof refusal === 'string' ? refusal : JSON.stringify(refusal)];
        }
    };
    Promise.all(names.map(attempt)).then(done);";

/// Everything that Tauri and its plugins could be asked for, by the lists that the build of the program made.
fn every_command() -> BTreeSet<String> {
    let build = program::window().parent().expect("a program lies in a folder").join("build");
    let folders = std::fs::read_dir(&build).expect("the folder of the build").filter_map(Result::ok);
    let lists = folders.map(|folder| folder.path().join("out/acl-manifests.json")).filter(|list| list.is_file());
    let mut commands: BTreeSet<String> = FOREIGN.map(str::to_owned).into();
    for list in lists.collect::<Vec<PathBuf>>() {
        commands.extend(commands_of(&list));
    }
    assert!(commands.len() > 150, "the lists of {} were read: {commands:?}", build.display());
    commands
}

fn commands_of(list: &Path) -> Vec<String> {
    let text = std::fs::read(list).expect("a list");
    let plugins: serde_json::Map<String, Value> = serde_json::from_slice(&text).expect("JSON");
    let mut commands = Vec::new();
    for (plugin, manifest) in &plugins {
        for permission in manifest["permissions"].as_object().into_iter().flat_map(serde_json::Map::values) {
            for name in ["allow", "deny"].iter().filter_map(|list| permission["commands"][list].as_array()).flatten() {
                let name = name.as_str().expect("a name");
                let is_ours = plugin == "__app-acl__";
                commands.push(if is_ours { name.to_owned() } else { format!("plugin:{plugin}|{name}") });
                // Tauri's own are called without the prefix of their permissions.
                commands.extend(plugin.strip_prefix("core:").map(|plugin| format!("plugin:{plugin}|{name}")));
            }
        }
    }
    commands
}

/// The golden list: what `src-tauri/commands.rs` declares, and listening.
fn granted() -> BTreeSet<String> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the suites live below the top");
    let source = std::fs::read_to_string(top.join("src-tauri/commands.rs")).expect("the list of commands");
    let lines = source.lines().map(str::trim);
    let ours = lines.filter_map(|line| line.strip_prefix('"')?.strip_suffix("\",")).map(str::to_owned);
    let listening = ["plugin:event|listen", "plugin:event|unlisten"].map(str::to_owned);
    ours.filter(|name| !OPEN_A_DIALOG.contains(&name.as_str())).chain(listening).collect()
}

fn is_refused(how: &str) -> bool {
    ["not allowed", "not found", "not permitted"].iter().any(|words| how.contains(words))
}

#[tokio::test]
async fn a_hostile_script_can_call_our_commands_and_listen_and_nothing_else() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    let mut names = every_command();
    names.retain(|name| !OPEN_A_DIALOG.contains(&name.as_str()));
    let answer = window.web().execute_async(TRY_COMMANDS, vec![json!(names)]).await.expect("every command ends");
    let answers: Vec<(String, String)> = serde_json::from_value(answer.json().clone()).expect("pairs");
    assert_eq!(answers.len(), names.len());
    let callable: BTreeSet<String> =
        answers.iter().filter(|(_, how)| !is_refused(how)).map(|(name, _)| name.clone()).collect();
    assert_eq!(callable, granted(), "what really answers against what is granted: {answers:#?}");
    for (name, how) in &answers {
        assert!(!how.contains("password\":"), "no command answers with a secret: {name} {how}");
    }
    assert_eq!(window.evaluate("return typeof window.__TAURI__").await, "undefined", "no global Tauri");
    expect_alive(&window).await;
    window.close().await;
}

/// Tries to run and to load what the policy forbids; counts what got through by what only success leaves behind.
const BREAK_OUT: &str = "
    const [away, done] = [arguments[0], arguments[arguments.length - 1]];
    window.got = [];
    const got = (what) => window.got.push(what);
    const rules = new Set();
    document.addEventListener('securitypolicyviolation', (event) => rules.add(event.effectiveDirective));
    const add = (name, change) => document.body.append(Object.assign(document.createElement(name), change));

    add('script', { textContent: \"window.got.push('inline script')\" });
    add('script', { src: away + '/script.js', onload: () => got('remote script') });
    add('img', { src: away + '/image.png', onload: () => got('remote image') });
    add('img', { src: 'data:,', onerror: null });
    add('iframe', { src: away + '/frame.html', onload: () => {} });
    add('link', { rel: 'stylesheet', href: away + '/style.css', onload: () => got('remote style') });
    add('object', { data: away + '/object' });
    add('video', { src: away + '/video.mp4', onloadeddata: () => got('remote video') });
    const marked = document.createElement('div');
    marked.innerHTML = '<b onclick=\"window.got.push(`inline handler`)\" style=\"position: fixed\">x</b>';
    document.body.append(marked);
    marked.firstChild.click();
    if (marked.firstChild.style.position === 'fixed') got('inline style attribute');
    add('style', { textContent: 'body { --broken-out: 1 }' });
    if (getComputedStyle(document.body).getPropertyValue('--broken-out') !== '') got('inline style');
    for (const [what, run] of [
        ['eval', () => (0, eval)('1')],
        ['new Function', () => new Function('return 1')()],
        ['timer of text', () => { setTimeout(\"window.got.push('timer of text')\", 0); throw 0; }],
        ['window.open', () => { if (window.open(away) === null) throw 0; }],
        ['changed prototype', () => { Object.prototype.broken = 1; if ({}.broken !== 1) throw 0; }],
        ['websocket', () => new WebSocket(away.replace('http', 'ws')).addEventListener('open', () => got('websocket')) ?? (() => { throw 0; })()],
        ['event source', () => { new EventSource(away).onopen = () => got('event source'); throw 0; }],
        ['worker', () => { new Worker(away + '/worker.js').onmessage = () => got('worker'); throw 0; }],
        ['beacon', () => { navigator.sendBeacon(away, 'x'); throw 0; }],
    ]) {
        try { run(); got(what); } catch { /* as it should be */ }
    }
    const form = Object.assign(document.createElement('form'), { action: away, method: 'post' });
    document.body.append(form);
    form.submit();
    add('a', { href: away, target: '_blank', id: 'away' });
    document.getElementById('away').click();
    Promise.allSettled([
        fetch(away).then(() => got('fetch')),
        fetch('file:///etc/hostname').then(() => got('file')),
        import(away + '/module.js').then(() => got('module')),
    ]).then(() => requestAnimationFrame(() => setTimeout(() => done({ got: window.got, rules: [...rules].sort() }), 0)));";

/// Ways to leave the page, one at a time.
const WAYS_OUT: [&str; 7] = [
    "location.href = arguments[0]",
    "location.assign(arguments[0])",
    "location.replace('file:///etc/hostname')",
    "location.href = 'data:text/html,<h1>gone</h1>'",
    "location.href = 'javascript:document.body.remove()'",
    "const refresh = document.createElement('meta'); refresh.httpEquiv = 'refresh'; \
     refresh.content = '0;url=' + arguments[0]; document.head.append(refresh)",
    "const link = Object.assign(document.createElement('a'), { href: arguments[0] }); document.body.append(link); link.click()",
];

#[tokio::test]
async fn a_hostile_script_runs_nothing_loads_nothing_and_leaves_to_nowhere() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    // Nobody answers here; whoever connects has left the page.
    let outside = TcpListener::bind("127.0.0.1:0").expect("a port");
    outside.set_nonblocking(true).expect("a listener can be asked without waiting");
    let away = format!("http://{}", outside.local_addr().expect("an address"));
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    let answer = window.web().execute_async(BREAK_OUT, vec![json!(away)]).await.expect("the script ends");
    assert_eq!(answer.json()["got"], json!([]), "what got through");
    let rules = answer.json()["rules"].to_string();
    for rule in ["script-src-elem", "script-src-attr", "style-src-elem", "img-src", "connect-src", "form-action"] {
        assert!(rules.contains(rule), "{rule} stopped something: {rules}");
    }
    for way in WAYS_OUT {
        window.web().execute(way, vec![json!(away)]).await.expect("the page runs the script");
        expect_alive(&window).await;
    }
    assert_eq!(window.web().windows().await.expect("the driver lists windows").len(), 1, "no second window");
    window.close().await;
    // WebKit opens a connection ahead of a navigation before it asks whether it may; nothing may have been said on it.
    while let Ok((mut knock, _)) = outside.accept() {
        let mut said = String::new();
        knock.set_nonblocking(false).expect("a socket");
        knock.read_to_string(&mut said).expect("the program has ended, and its connections with it");
        assert_eq!(said, "", "nothing has left");
    }
}

/// The page is still ours, and its commands answer.
async fn expect_alive(window: &Window<'_>) {
    let alive = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke('start_state').then((state) => done([location.href, state.version]), done);";
    until_true("the page is ours and answers", LIMIT, async || {
        let Ok(answer) = window.web().execute_async(alive, Vec::new()).await else { return false };
        answer.json()[0] == "tauri://localhost/" || answer.json()[0] == "tauri://localhost"
    })
    .await;
    window.element("connection-bar").await;
}
