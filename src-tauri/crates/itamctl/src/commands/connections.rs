//! `connections`: the list that the window and the command line share. No platform is asked.

use std::path::Path;

use ita_core::domain::address;
use ita_core::domain::connection::{Connection, ConnectionDraft, Environment, LoginWay, ProxyPolicy, ZoneSetting};
use ita_core::services::connections::{read_shared, read_shared_from, Clash, Connections, Imported, SharedFile};

use crate::args::{AddArguments, ConnectionsCommand, Format, ImportArguments, RemoveArguments, SecretName, Shared};
use crate::compose;
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::{connections as output, json, write_whole};
use crate::secrets;

pub(super) async fn run(shared: &Shared, command: ConnectionsCommand) -> Result<Exit, Failure> {
    check_options(shared, &command)?;
    let connections = compose::saved_connections()?;
    match command {
        ConnectionsCommand::List => list(shared, &connections),
        ConnectionsCommand::Add(arguments) => add(shared, &connections, arguments).await,
        ConnectionsCommand::Remove(arguments) => remove(shared, &connections, &arguments).await,
        ConnectionsCommand::Export => {
            write_whole(&connections.export()?, shared.output.as_deref())?;
            Ok(Exit::Done)
        }
        ConnectionsCommand::Import(arguments) => import(shared, &connections, &arguments),
    }
}

/// An option without a meaning here is a misunderstanding that should not go unnoticed.
fn check_options(shared: &Shared, command: &ConnectionsCommand) -> Result<(), Failure> {
    let adds = matches!(command, ConnectionsCommand::Add(_));
    if shared.connection.is_some() || (!adds && shared.names_platform()) {
        return Err(Failure::usage(
            "No platform is asked here: only `connections add` takes --url, --user and what belongs to them.",
        ));
    }
    if !matches!(command, ConnectionsCommand::List) && shared.jobs_format()? == Format::Csv {
        return Err(Failure::usage(
            "Only `jobs` and `connections list` can be written as CSV: use --format table or json.",
        ));
    }
    if matches!(command, ConnectionsCommand::Export) && shared.format.is_some() {
        return Err(Failure::usage("`connections export` has one form: leave --format out."));
    }
    Ok(())
}

fn list(shared: &Shared, connections: &Connections) -> Result<Exit, Failure> {
    let loaded = connections.list()?;
    if let Some(problem) = &loaded.problem {
        messages::warn(problem);
    }
    let text = match shared.jobs_format()? {
        Format::Json => json::line(&output::List::of(&loaded.connections))?,
        Format::Csv => output::csv(&loaded.connections, shared.preset()),
        Format::Table => output::table(&loaded.connections)?,
    };
    write_whole(&text, shared.output.as_deref())?;
    Ok(Exit::Done)
}

async fn add(shared: &Shared, connections: &Connections, arguments: AddArguments) -> Result<Exit, Failure> {
    let (Some(url), Some(user)) = (&shared.url, &shared.user) else {
        return Err(Failure::usage("`connections add` needs --url and --user."));
    };
    let keeps = arguments.secret == SecretName::Keyring;
    if !keeps && shared.password_stdin {
        return Err(Failure::usage(
            "A password can only be kept in the keyring: leave --password-stdin out, or use --secret keyring.",
        ));
    }
    let password = if keeps { secrets::given(shared.password_stdin)? } else { None };
    messages::tell_address(&address::normalise(url)?);
    let saved = connections.save(draft(shared, arguments, url, user)?, password).await?;
    tell(shared, &[saved])
}

fn draft(shared: &Shared, arguments: AddArguments, url: &str, user: &str) -> Result<ConnectionDraft, Failure> {
    Ok(ConnectionDraft {
        id: None,
        name: arguments.name,
        address: url.to_owned(),
        environment: arguments.environment.into(),
        user: user.to_owned(),
        secret_place: arguments.secret.into(),
        login: shared.login().unwrap_or(LoginWay::Automatic),
        certificate: shared.certificate()?.unwrap_or_default(),
        proxy: ProxyPolicy::None,
        poll_seconds: None,
        zone: shared.zone().unwrap_or(ZoneSetting::Automatic),
    })
}

async fn remove(shared: &Shared, connections: &Connections, arguments: &RemoveArguments) -> Result<Exit, Failure> {
    let is_json = shared.is_json()?;
    let saved = compose::saved(connections, &arguments.name)?;
    let under_way = compose::procedures()?.under_way(&saved.id);
    let is_confirmed = arguments.confirm.as_ref().map(|typed| *typed == saved.name);
    let needs_name = saved.environment == Environment::Production || under_way.is_some();
    if is_confirmed == Some(false) || (is_confirmed.is_none() && needs_name) {
        let why =
            under_way.map_or("", |_| " Its procedure is under way: modes may stay on, and nothing would recall them.");
        return Err(Failure::Failed(format!(
            "\"{}\" was not removed: agree with --confirm and its name.{why}",
            ita_core::text::visible(&saved.name)
        )));
    }
    connections.delete(&saved.id).await?;
    compose::forget(&saved.id)?;
    let removed = output::Removed { removed: &saved.name };
    let text = if is_json { json::line(&removed)? } else { removed.rendered() };
    write_whole(&text, shared.output.as_deref())?;
    Ok(Exit::Done)
}

fn import(shared: &Shared, connections: &Connections, arguments: &ImportArguments) -> Result<Exit, Failure> {
    let is_json = shared.is_json()?;
    let text = match &arguments.file {
        stdin if stdin.as_os_str() == "-" => read_shared_from(std::io::stdin().lock())?,
        file => read_shared(Path::new(file))?,
    };
    let clash = arguments.clash.map_or(Clash::Skip, Clash::from);
    let given = SharedFile::of(&text)?;
    let preview = connections.preview_import(&given, clash)?;
    let is_refused = arguments.clash.is_none() && preview.iter().any(|it| it.clashes);
    let imported = if arguments.dry_run || is_refused { preview } else { connections.import(given, clash)? };
    let text = if is_json { json::line(&output::Import::of(&imported))? } else { output::imported(&imported)? };
    write_whole(&text, shared.output.as_deref())?;
    if is_refused {
        return Err(Failure::Failed(refusal(&imported)));
    }
    Ok(Exit::Done)
}

fn refusal(imported: &[Imported]) -> String {
    let taken = imported.iter().filter(|it| it.clashes).map(|it| format!("\"{}\"", ita_core::text::visible(&it.name)));
    let taken = taken.collect::<Vec<_>>().join(", ");
    format!("Nothing was imported, because these names are taken: {taken}. Say --clash skip or --clash rename.")
}

fn tell(shared: &Shared, saved: &[Connection]) -> Result<Exit, Failure> {
    let text = if shared.is_json()? { json::line(&output::List::of(saved))? } else { output::table(saved)? };
    write_whole(&text, shared.output.as_deref())?;
    Ok(Exit::Done)
}
