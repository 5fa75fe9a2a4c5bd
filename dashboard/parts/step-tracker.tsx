import { Icon } from "../ui/icon.tsx";
import type { Friend } from "../wire.ts";

type Step = Friend["steps"][number];

const WORDS: Record<Step["step"], string> = {
  invited: "Invited",
  joined: "Joined",
  qualified: "Qualified",
  rewarded: "Rewarded",
};
const STATES: Record<Step["state"], string> = {
  done: "done",
  next: "next",
  later: "not yet",
  failed: "not reached",
};

/** Four steps in a row: the eye finds where somebody stands, a reader hears each with its state. */
export function StepTracker({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="grid grid-cols-4 gap-1">
      {steps.map(({ step, state }) => (
        <li key={step} data-state={state} className="group min-w-0">
          <span className="block h-1.5 rounded-chip bg-line group-data-[state=done]:bg-accent group-data-[state=failed]:bg-bad group-data-[state=next]:border group-data-[state=next]:border-accent group-data-[state=next]:bg-accent-tint" />
          <span className="mt-1 flex items-center gap-1 text-sm text-ink-2 group-data-[state=next]:font-medium group-data-[state=next]:text-ink">
            {state === "done" && <Icon name="check" className="size-3 text-accent max-sm:hidden" />}
            {state === "failed" && <Icon name="cross" className="size-3 text-bad max-sm:hidden" />}
            <span className="truncate">{WORDS[step]}</span>
            <span className="sr-only">: {STATES[state]}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
