import type { ImportCandidate } from "../../generated/ImportCandidate";
import { useMessages } from "../../i18n";
import { EnvironmentChip, PlainText, Tag, titleText, visibleText } from "../../shared";
import { Agreement } from "./Agreement";
import { groupedFingerprint } from "./form";
import { consentsFor, type Importing } from "./useImport";
import "./certificate.css";

interface ImportTableProps {
  candidates: readonly ImportCandidate[];
  importing: Importing;
}

/** The connections of a file, one a row: what each would trust, and what adding it does here. */
export function ImportTable({ candidates, importing }: ImportTableProps) {
  const { columns, ...words } = useMessages().transfer;
  const { chosen, choose } = importing;
  const isAll = chosen.size === candidates.length;
  return (
    <table className="import" data-testid="import-table">
      <thead>
        <tr>
          <td>
            <input
              type="checkbox"
              className="checkbox"
              aria-label={words.all}
              title={words.all}
              checked={isAll}
              ref={(box) => {
                if (box) box.indeterminate = chosen.size > 0 && !isAll;
              }}
              data-testid="import-all"
              onChange={() =>
                choose(
                  candidates.map(({ connection }) => connection.id),
                  !isAll,
                )
              }
            />
          </td>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.environment}</th>
          <th scope="col">{columns.address}</th>
          <th scope="col">{columns.user}</th>
          <th scope="col">{columns.outcome}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate) => (
          <Row key={candidate.connection.id} candidate={candidate} importing={importing} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  candidate: ImportCandidate;
  importing: Importing;
}

function Row({ candidate, importing }: RowProps) {
  const words = useMessages().transfer;
  const { connection, name } = candidate;
  const isChosen = importing.chosen.has(connection.id);
  return (
    <tr data-testid={`import-${connection.id}`} data-chosen={isChosen}>
      <td>
        <input
          type="checkbox"
          className="checkbox"
          aria-label={words.choose(visibleText(name))}
          checked={isChosen}
          onChange={(event) => importing.choose([connection.id], event.target.checked)}
        />
      </td>
      <th scope="row">
        <PlainText text={name} />
      </th>
      <td>
        <EnvironmentChip environment={connection.environment} />
      </td>
      <td>
        <span className="import-address">
          <span className="selectable">{connection.address}</span>
          <Badges {...candidate} />
        </span>
        <Trusted {...candidate} />
        {isChosen && <Consents candidate={candidate} importing={importing} />}
      </td>
      <td>
        <PlainText text={connection.user} />
      </td>
      <Outcome {...candidate} isChosen={isChosen} />
    </tr>
  );
}

function Badges({ connection: { certificate, proxy }, is_plain }: ImportCandidate) {
  const { shell, transfer: words } = useMessages();
  const acceptsExpired = certificate.kind === "pinned" && certificate.accept_expired;
  return (
    <>
      {is_plain && (
        <Tag tone="warn" tooltip={shell.plainHttpTooltip}>
          {shell.plainHttp}
        </Tag>
      )}
      {certificate.kind === "pinned" && <Tag tone="outline">{shell.pinned}</Tag>}
      {acceptsExpired && <Tag tone="warn">{words.acceptsExpired}</Tag>}
      {certificate.kind === "ca_file" && <Tag tone="outline">{words.caFile}</Tag>}
      {proxy.kind !== "none" && <Tag tone="outline">{shell.proxy}</Tag>}
    </>
  );
}

/** Whom a password would be shown to, in full: a tooltip would hide it from whoever uses the keyboard. */
function Trusted({ connection: { certificate, proxy }, lacks_ca_file }: ImportCandidate) {
  const words = useMessages().transfer;
  return (
    <>
      {certificate.kind === "pinned" && (
        <span className="fingerprint selectable">{groupedFingerprint(certificate.sha256)}</span>
      )}
      {certificate.kind === "ca_file" && (
        <span className="import-fact mono selectable">{titleText(certificate.path)}</span>
      )}
      {lacks_ca_file && <span className="import-fact import-warning">{words.caFileMissing}</span>}
      {proxy.kind === "given" && <span className="import-fact selectable">{words.proxy(titleText(proxy.url))}</span>}
    </>
  );
}

function Consents({ candidate, importing }: RowProps) {
  const { connections, transfer: words } = useMessages();
  const { id } = candidate.connection;
  return consentsFor(candidate).map((consent) => {
    const isGiven = importing.isGiven(id, consent);
    return (
      <Agreement
        key={consent}
        text={words.agree[consent]}
        isGiven={isGiven}
        error={importing.tries > 0 && !isGiven ? connections.error.plain : undefined}
        testId={`import-agree-${consent}`}
        onChange={(agrees) => importing.agree(id, consent, agrees)}
      />
    );
  });
}

function Outcome({ connection, name, standing, isChosen }: ImportCandidate & { isChosen: boolean }) {
  const words = useMessages().transfer;
  const added = connection.name === name ? words.adds : words.addsAs(visibleText(connection.name));
  return (
    <td>
      <span className={isChosen ? "import-adds" : "muted"}>{isChosen ? added : words.leaves}</span>
      {standing !== "free" && <span className="import-fact">{words.standing[standing]}</span>}
    </td>
  );
}
