import { useState } from "react";
import type { Reward } from "../wire.ts";
import { Amount } from "./amount.tsx";
import { formatMoney } from "./money.ts";
import { friendWords } from "./person.ts";
import { RewardStatus, rewardNote } from "./status.tsx";
import { When } from "./when.tsx";

const ARRIVING_MS = 2_000;

type Props = { reward: Reward; names: Map<string, string>; onExplain: (reward: Reward) => void };

/** One earning: through whom, when, where the money is; the amount opens its explanation. */
export function RewardRow({ reward, names, onExplain }: Props) {
  const [isArriving] = useState(
    () => reward.arrivedAt !== undefined && Date.now() - reward.arrivedAt < ARRIVING_MS,
  );
  const leg = names.get(reward.leg_participant_id);
  const who = friendWords(reward.level, reward.referee_name ?? names.get(reward.referee_id), leg);
  const note = rewardNote(reward);
  return (
    <li
      data-reward={reward.id}
      className={`grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 border-b border-line py-3 last:border-0 sm:grid-cols-[minmax(0,1fr)_auto_7.5rem] ${isArriving ? "arriving" : ""}`}
    >
      <p className="truncate font-medium">{who}</p>
      <p className="max-sm:order-1 max-sm:text-right">
        <RewardStatus reward={reward} />
      </p>
      <button
        type="button"
        onClick={() => onExplain(reward)}
        className="-my-1.5 -mr-1 rounded-control px-1 py-1.5 text-right font-medium underline decoration-line-strong decoration-dotted underline-offset-4 hover:decoration-ink hover:decoration-solid"
      >
        <Amount money={reward.amount} signed />
        <span className="sr-only">, how this was calculated</span>
      </button>
      <p className="text-sm text-ink-2 sm:col-span-3">
        Level {reward.level} · <When at={reward.created_at} />
        {note && (
          <span className="max-sm:block">
            <span className="max-sm:hidden"> · </span>
            {note}
          </span>
        )}
      </p>
      {reward.reversed.amount > 0 && <Reversed reward={reward} />}
    </li>
  );
}

/** The second half of the pair: what a refund took back. */
function Reversed({ reward }: { reward: Reward }) {
  const left = reward.amount.amount - reward.reversed.amount;
  return (
    <p className="col-span-full mt-1.5 flex items-baseline justify-between gap-4 border-l-2 border-line-strong pl-3 text-sm text-ink-2 max-sm:order-2">
      <span>
        Taken back after a refund
        {left > 0 && `; ${formatMoney({ ...reward.amount, amount: left })} stays`}
      </span>
      <Amount money={{ ...reward.reversed, amount: -reward.reversed.amount }} signed />
    </p>
  );
}
