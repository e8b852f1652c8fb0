import type { Connection } from "../../generated/Connection";
import type { ImportCandidate } from "../../generated/ImportCandidate";
import type { ImportPreview } from "../../generated/ImportPreview";
import { developmentConnection, productionConnection } from "./samples";
import { otherPin } from "./testSteps";

/** A connection of a file that is new here, unless `change` says otherwise. */
export function candidate(connection: Partial<Connection>, change: Partial<ImportCandidate> = {}): ImportCandidate {
  const whole: Connection = {
    ...productionConnection,
    certificate: { kind: "system" },
    proven_offset_minutes: null,
    id: `00000000-0000-4000-8000-${connection.name ?? ""}`,
    ...connection,
  };
  return { connection: whole, name: whole.name, standing: "free", is_plain: false, lacks_ca_file: false, ...change };
}

/** A list that a colleague has handed on: something of everything. */
export const teamFile: ImportPreview = {
  path: "/home/tanaka/ダウンロード/ita-connections.json",
  connections: [
    candidate({
      name: "基幹ITA（大阪）",
      address: "https://ita-osaka.example.co.jp",
      certificate: { kind: "pinned", sha256: otherPin, accept_expired: false, leaf: null },
    }),
    candidate(
      {
        name: "DR サイト",
        address: "https://ita-dr.example.co.jp:8443",
        user: "maintenance",
        certificate: { kind: "ca_file", path: "/etc/ssl/private-ca/example-root.pem" },
        proxy: { kind: "given", url: "http://proxy.example.co.jp:3128" },
      },
      { lacks_ca_file: true },
    ),
    candidate(
      { name: "検証ITA (2)", address: "https://ita-stg2.example.co.jp", environment: "staging", user: "maintenance" },
      { name: "検証ITA", standing: "taken" },
    ),
    candidate(
      { ...developmentConnection, id: "00000000-0000-4000-8000-development", name: "開発ITA (2)" },
      { name: "開発ITA", standing: "already_saved" },
    ),
    candidate(
      { name: "研修用", address: "http://ita-lab.example.co.jp:81", environment: "development", user: "trainee" },
      { is_plain: true },
    ),
  ],
};
