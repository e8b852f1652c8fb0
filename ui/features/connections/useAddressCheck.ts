import { useEffect, useRef, useState } from "react";
import type { Address } from "../../generated/Address";
import type { Problem } from "../../generated/Problem";
import { toProblem } from "../../ipc";
import { useBackend } from "../../state";

const PAUSE_MILLISECONDS = 200;

export interface AddressCheck {
  address: Address | null;
  problem: Problem | null;
}

const nothing: AddressCheck = { address: null, problem: null };

/** What Rust makes of the address while it is typed. Answers to what was typed before are dropped. */
export function useAddressCheck(typed: string): AddressCheck & { check: () => Promise<AddressCheck> } {
  const backend = useBackend();
  const [result, setResult] = useState<AddressCheck & { typed: string }>({ ...nothing, typed: "" });
  const newest = useRef(typed);
  newest.current = typed;

  const check = async (): Promise<AddressCheck> => {
    const answer = await backend.call("check_address", { typed }).then(
      (address) => ({ address, problem: null }),
      (rejection: unknown) => ({ address: null, problem: toProblem(rejection) }),
    );
    if (newest.current === typed) setResult({ ...answer, typed });
    return answer;
  };
  const checkNow = useRef(check);
  checkNow.current = check;

  useEffect(() => {
    if (typed.trim() === "") return;
    const timer = setTimeout(() => void checkNow.current(), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed]);

  const current = result.typed === typed ? result : nothing;
  return { address: current.address, problem: current.problem, check };
}

/** Plain http on its default port, which in the standard setup is the wrong site (platform-contract §2). */
export function isPort80(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).protocol === "http:" && new URL(origin).port === "";
}
