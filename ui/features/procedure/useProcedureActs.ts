import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from "react";
import type { ActPlan } from "../../generated/ActPlan";
import type { Consent } from "../../generated/Consent";
import type { Live } from "../../generated/Live";
import type { ProcedureAct } from "../../generated/ProcedureAct";
import { toProblem } from "../../ipc";
import { useLive, useStore } from "../../state";
import { isExplained } from "./acts";

/** An act that is being asked about. */
export interface Asked {
  act: ProcedureAct;
  plan: ActPlan;
  /** What was confirmed before had become more dangerous by the time it arrived. */
  isAgain: boolean;
}

export interface ProcedureActs {
  asked: Asked | null;
  isBusy: boolean;
  /** Asks Rust what the act needs; does it at once where it needs nothing. */
  request: (act: ProcedureAct) => void;
  /** Asks for this one instead, as what is asked for takes shape. */
  change: (act: ProcedureAct) => void;
  confirm: (consent: Consent) => void;
  cancel: () => void;
  openLock: () => void;
}

const nothing: Consent = { agreed: false, typed_name: null };

/** What a plan is made of; a new one is due when it changes. */
const basis = ({ revision, running, procedure, lock_open_until }: Live): string =>
  [revision, running.state, procedure?.phase, procedure?.zeros, procedure?.away_since, lock_open_until].join(" ");

/** The way of one act from click to Rust. What the procedure then does comes back as its new state, never as a guess. */
export function useProcedureActs(): ProcedureActs {
  const store = useStore();
  const { backend } = store;
  const generation = useLive((live) => live.generation);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isBusy, setBusy] = useState(false);
  const current = useRef(generation);
  const guard = useRef(false);

  useEffect(() => {
    if (current.current === generation) return;
    current.current = generation;
    guard.current = false;
    setBusy(false);
    setAsked(null);
  }, [generation]);

  useReplanning(asked, setAsked);

  /** One act at a time; what comes after another connection opened is dropped. */
  const once = useCallback(async (work: (isCurrent: () => boolean) => Promise<void>) => {
    if (guard.current) return;
    const startedFor = current.current;
    const isCurrent = () => current.current === startedFor;
    guard.current = true;
    setBusy(true);
    await work(isCurrent);
    if (!isCurrent()) return;
    guard.current = false;
    setBusy(false);
  }, []);

  const send = async (act: ProcedureAct, consent: Consent, isCurrent: () => boolean) => {
    const refusal = await backend.call("procedure_act", { act, consent }).then(() => null, toProblem);
    if (!isCurrent()) return;
    setAsked(null);
    // Meant for a phase that is over: the card shows the new one, and its button.
    if (act.act === "confirm" && store.state().live.procedure?.phase !== act.phase) return;
    if (refusal?.code === "confirmation_needed" || refusal?.code === "lock_closed") {
      const plan = await store.run(() => backend.call("plan_procedure_act", { act }));
      if (plan && isCurrent()) setAsked({ act, plan, isAgain: true });
    } else {
      await store.run(() => (refusal ? Promise.reject(refusal) : Promise.resolve()));
    }
  };

  const request = (act: ProcedureAct) =>
    void once(async (isCurrent) => {
      const plan = await store.run(() => backend.call("plan_procedure_act", { act }));
      if (!plan || !isCurrent()) return;
      if (plan.confirmation === "none" && !plan.lock_closed && !isExplained(act)) await send(act, nothing, isCurrent);
      else setAsked({ act, plan, isAgain: false });
    });

  return {
    asked,
    isBusy,
    request,
    change: (act) => setAsked((last) => last && { ...last, act }),
    confirm: (consent) => {
      if (asked) void once((isCurrent) => send(asked.act, consent, isCurrent));
    },
    cancel: () => setAsked(null),
    openLock: () => void store.run(() => backend.call("open_lock")),
  };
}

/** Keeps the plan that somebody is reading as current as the window behind it. */
function useReplanning(asked: Asked | null, setAsked: Dispatch<SetStateAction<Asked | null>>): void {
  const { backend } = useStore();
  const act = asked?.act;
  const now = useLive(basis);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new basis means a new plan behind the same question
  useEffect(() => {
    if (!act) return;
    let isWanted = true;
    const take = (plan: ActPlan) => {
      if (isWanted) setAsked((last) => (last?.act === act ? { ...last, plan } : last));
    };
    // Without a newer one the old plan stays: the core makes its own before it acts, and has the last word.
    backend.call("plan_procedure_act", { act }).then(take, () => {});
    return () => {
      isWanted = false;
    };
  }, [backend, setAsked, act, now]);
}
