import { useQuery } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { traceQuery } from "../queries.ts";
import { CopyButton } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Facts } from "../ui/page.tsx";
import { Bones, Loaded } from "../ui/states.tsx";
import type { Reward, Trace, TraceLine } from "../wire.ts";
import { Amount } from "./amount.tsx";
import { formatMoney } from "./money.ts";
import { useScope } from "./scope.tsx";
import { RewardStatus, rewardNote, sentenceCase } from "./status.tsx";
import { formatFull } from "./time.ts";

/** How one amount came about: the rule, its inputs, the arithmetic, and what happened to it since. */
export function ExplainSheet({ reward, onClose }: { reward: Reward; onClose: () => void }) {
  const { api } = useScope();
  const query = useQuery({ ...traceQuery(api, reward.conversion_id), staleTime: 0 });
  return (
    <Dialog title="How this was calculated" place="side" onClose={onClose}>
      <p className="figures font-serif text-2xl">{formatMoney(reward.amount)}</p>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
        <RewardStatus reward={reward} />
        {rewardNote(reward)}
      </div>
      <div className="mt-6">
        <Loaded query={query} what="The calculation" skeleton={<Bones rows={5} />}>
          {(trace) => <Calculation trace={trace} reward={reward} />}
        </Loaded>
      </div>
    </Dialog>
  );
}

function Calculation({ trace, reward }: { trace: Trace; reward: Reward }) {
  const { conversion, plan } = trace;
  const own = trace.lines.filter((line) => line.participant_id === reward.participant_id);
  const line = own.find(({ reward_id }) => reward_id === reward.id) ?? own[0];
  const others = own.filter((other) => other !== line);
  const facts: [string, ComponentChildren][] = [
    ["What", `${sentenceCase(conversion.kind)} on ${formatFull(conversion.occurred_at)}`],
  ];
  if (conversion.kind !== "signup")
    facts.push(["Order amount", <Amount key="amount" money={conversion.amount} />]);
  if (conversion.profit) facts.push(["Profit", <Amount key="profit" money={conversion.profit} />]);
  if (plan) facts.push(["Plan", `${plan.name}, version ${plan.version}`]);
  facts.push([
    "Rule",
    <code key="rule" className="font-mono text-sm">
      {reward.rule}
    </code>,
  ]);
  return (
    <>
      {line && <Arithmetic line={line} />}
      {others.map((other) => (
        <p key={other.rule + other.level} className="mt-3 text-sm text-ink-2">
          {other.message}
        </p>
      ))}
      <div className="mt-6">
        <Facts facts={facts} />
      </div>
      <Reversals trace={trace} reward={reward} />
      <div className="mt-6">
        <CopyButton
          text={reward.id}
          label="Copy the id of this earning"
          done="Id copied"
          look="quiet"
          className="-ml-3.5"
        />
      </div>
    </>
  );
}

/** Each step on a line of its own, the result last. */
function Arithmetic({ line }: { line: TraceLine }) {
  const steps = line.arithmetic.length > 0 ? line.arithmetic : [line.message];
  return (
    <ol className="rounded-control bg-sunken px-4 py-3">
      {steps.map((step) => (
        <li key={step} className="py-1 tabular-nums">
          {step}
        </li>
      ))}
    </ol>
  );
}

function Reversals({ trace, reward }: { trace: Trace; reward: Reward }) {
  const isMine = ({ reward_id }: { reward_id: string }) => reward_id === reward.id;
  const mine = trace.refunds.flatMap(({ id, created_at, reversed_at, reversals, restorations }) => [
    ...reversals.filter(isMine).map(({ amount }) => ({
      id,
      words: `Your share of what was refunded on ${formatFull(created_at)}`,
      amount: { ...amount, amount: -amount.amount },
    })),
    ...restorations.filter(isMine).map(({ amount }) => ({
      id: `${id} again`,
      words: `Given back on ${formatFull(reversed_at ?? created_at)}`,
      amount,
    })),
  ]);
  if (mine.length === 0) return null;
  return (
    <section aria-label="Refunds" className="mt-6">
      <h3 className="font-semibold">After refunds</h3>
      <ul className="mt-1 divide-y divide-line">
        {mine.map(({ id, words, amount }) => (
          <li key={id} className="flex justify-between gap-4 py-2">
            <span className="text-ink-2">{words}</span>
            <Amount money={amount} signed />
          </li>
        ))}
      </ul>
    </section>
  );
}
