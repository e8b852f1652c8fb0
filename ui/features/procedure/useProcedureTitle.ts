import { useFormat, useMessages } from "../../i18n";
import { useLive, useTicking } from "../../state";

/** The window's title with what a procedure counts: jobs while they are awaited, time from then on. */
export function useProcedureTitle(title: string): string {
  const { procedure } = useMessages();
  const format = useFormat();
  const counted = useLive((live) => live.procedure?.title ?? null);
  return useTicking((now) => {
    if (counted === null) return title;
    const { phase, holding, since } = counted;
    switch (phase) {
      case "stopping_jobs":
      case "draining":
      case "point_of_no_return":
        return holding === null ? procedure.windowTitle.unknown(title) : procedure.windowTitle.holding(holding, title);
      case "going_read_only":
      case "quiet_gate":
        return since === null ? title : counting(procedure.steps.quiet, now - since);
      case "work":
        return since === null ? title : counting(procedure.steps.work, now - since);
      case "ending_read_only":
      case "checking":
      case "starting_jobs":
      case "watching":
        return since === null ? title : counting(procedure.steps.reopen, now - since);
      default:
        return title;
    }
  });

  function counting(step: string, milliseconds: number): string {
    return procedure.windowTitle.counting(step, format.elapsed(milliseconds), title);
  }
}
