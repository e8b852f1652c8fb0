import type { ConnectionId } from "../../generated/ConnectionId";
import type { LeftOn } from "../../generated/LeftOn";
import type { Live } from "../../generated/Live";
import type { Mode } from "../../generated/Mode";
import type { Messages } from "../../i18n";
import { isUnderWay, lastValue } from "../../state";

/** What a connection that is deleted would leave behind with nobody to recall it, sentence by sentence. */
export function whatRemains(
  id: ConnectionId,
  live: Live,
  leftOn: readonly LeftOn[],
  { connections: { deleteRemains }, shell }: Messages,
): string[] {
  const isOpen = live.connection?.id === id;
  const phase = isOpen ? (live.procedure ?? live.procedure_elsewhere)?.phase : undefined;
  const isOn = (mode: Mode) =>
    (isOpen && (lastValue(live.modes[mode]) === true || live.suspect[mode] !== null)) ||
    leftOn.some((left) => left.connection === id && left.mode === mode);
  const [readOnly, jobStop] = [isOn("read_only"), isOn("job_stop")];
  const sentences: string[] = [];
  if (phase !== undefined && isUnderWay(phase)) sentences.push(deleteRemains.underWay(shell.backgroundPhase[phase]));
  if (readOnly || jobStop) {
    sentences.push(deleteRemains[readOnly && jobStop ? "both" : readOnly ? "read_only" : "job_stop"]);
  }
  return sentences;
}
