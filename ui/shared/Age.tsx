import type { Timestamp } from "../generated/Timestamp";
import { useFormat } from "../i18n";
import { useTicking } from "../state";

/** `3 秒前`, for sentences that hold an age; ticks. */
export function useAge(at: Timestamp): string {
  const format = useFormat();
  return useTicking((now) => format.age(now - at));
}

/** Writes moments as they read today: the time alone, or with its day. Told anew when the day turns. */
export function useMoment(): (at: Timestamp) => string {
  const format = useFormat();
  const today = useTicking((now) => new Date(now).setHours(0, 0, 0, 0));
  return (at) => format.moment(at, today);
}

/** `3 秒前`, ticking by itself; the exact time on hover. */
export function Age({ at }: { at: Timestamp }) {
  const format = useFormat();
  const age = useAge(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={format.fullTime(at)}>
      {age}
    </time>
  );
}
