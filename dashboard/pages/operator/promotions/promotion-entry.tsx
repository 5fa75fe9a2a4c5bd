import { useState } from "react";
import { formatCount, formatMoney } from "../../../parts/money.ts";
import { promotionSentence, wallWords } from "../../../parts/promotion-sentence.ts";
import { formatFull } from "../../../parts/time.ts";
import { Bar } from "../../../ui/bar.tsx";
import { Button } from "../../../ui/button.tsx";
import { StatusPill } from "../../../ui/status-pill.tsx";
import type { PlanTier, Promotion } from "../../../wire.ts";
import { EndDialog } from "./end-dialog.tsx";

/** One promotion: what it adds, when, and how much of it is used. */
export function PromotionEntry({ promotion, tiers }: { promotion: Promotion; tiers: readonly PlanTier[] }) {
  const { document, state, ended_at: ended, time_zone: zone } = promotion;
  const [isEnding, setEnding] = useState(false);
  return (
    <li className="grid gap-1.5 border-b border-line py-4 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 className="text-md font-medium">{document.name}</h3>
        <State state={state} />
      </div>
      <p className="font-serif text-lg text-pretty">{promotionSentence(document, tiers)}</p>
      <p className="text-ink-2">
        {wallWords(document.starts_at)} to {wallWords(document.ends_at)}, by the clocks of {zone}.
        {ended && ` Ended early, on ${formatFull(ended)}.`}
      </p>
      <Used promotion={promotion} />
      {state !== "over" && (
        <div className="pt-2">
          <Button onClick={() => setEnding(true)}>
            {state === "running" ? "End it early" : "Call it off"}
          </Button>
        </div>
      )}
      {isEnding && <EndDialog promotion={promotion} onClose={() => setEnding(false)} />}
    </li>
  );
}

function State({ state }: Pick<Promotion, "state">) {
  if (state === "running")
    return (
      <StatusPill tone="ok" icon="play">
        Running
      </StatusPill>
    );
  return (
    <StatusPill tone={state === "scheduled" ? "info" : "plain"}>
      {state === "scheduled" ? "To come" : "Over"}
    </StatusPill>
  );
}

function Used({ promotion }: { promotion: Promotion }) {
  const { document, spent, advocates } = promotion;
  const { budget, advocates_max: most } = document;
  return (
    <div className="grid max-w-md gap-2">
      {budget && (
        <Measure
          words={`${formatMoney(spent ?? { ...budget, amount: 0 })} of ${formatMoney(budget)} spent`}
          share={budget.amount === 0 ? 1 : (spent?.amount ?? 0) / budget.amount}
        />
      )}
      {most !== undefined && (
        <Measure
          words={`${formatCount(advocates)} of ${formatCount(most)} people`}
          share={advocates / most}
        />
      )}
    </div>
  );
}

function Measure({ words, share }: { words: string; share: number }) {
  return (
    <div>
      <p className="figures text-sm text-ink-2">{words}</p>
      <Bar share={share} className="mt-1 h-2" />
    </div>
  );
}
