import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { addMoney } from "../../live-facts.ts";
import { Amounts, CountedAmount } from "../../parts/amount.tsx";
import { ExplainSheet } from "../../parts/explain-sheet.tsx";
import { orZero, PURSES } from "../../parts/purses.ts";
import { RewardRow } from "../../parts/reward-row.tsx";
import { useAdvocate } from "../../parts/scope.tsx";
import { useEarnings } from "../../parts/use-earnings.ts";
import { balanceQuery, programQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Figure, FigureBones, Figures, PageHeading, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { More } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import type { Money, Reward } from "../../wire.ts";
import { Coupons } from "./coupons.tsx";

const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });

export default function EarningsPage() {
  useTitle("Earnings");
  const { earnings, names } = useEarnings();
  const [explained, setExplained] = useState<Reward | null>(null);
  const [search, setSearch] = useSearchParams();
  const level = search.get("level") ?? "";
  // A notice leads to one of the newest: it stands on the first page.
  const linked = earnings.data?.pages[0]?.data.find(({ id }) => id === search.get("reward"));
  const opened = explained ?? linked;
  const choose = (next: string) => setSearch(next ? { level: next } : {}, { replace: true });
  return (
    <>
      <PageHeading title="Earnings">Every amount opens its own calculation.</PageHeading>
      <Balances />
      <Coupons />
      <div className="mt-8">
        <Loaded query={earnings} what="Your earnings" skeleton={<Bones rows={8} className="h-[4.25rem]" />}>
          {(data) => {
            const all = data.pages.flatMap((page) => page.data);
            const levels = [...new Set(all.map((reward) => String(reward.level)))].sort();
            const shown = level ? all.filter((reward) => String(reward.level) === level) : all;
            if (all.length === 0) {
              return (
                <EmptyState title="Earnings start with a friend’s first order">
                  Each one appears here the moment the order is recorded, with its calculation.
                </EmptyState>
              );
            }
            return (
              <>
                <Tabs
                  label="Level"
                  value={level}
                  onChoose={choose}
                  tabs={[
                    { value: "", word: "All levels" },
                    ...levels.map((value) => ({ value, word: `Level ${value}` })),
                  ]}
                />
                {shown.length === 0 && (
                  <EmptyState
                    title="No earnings match"
                    action={<Button onClick={() => choose("")}>Clear filter</Button>}
                  >
                    None of the earnings loaded so far are on level {level}.
                  </EmptyState>
                )}
                {byMonth(shown).map(([name, rewards]) => (
                  <Month key={name} name={name} rewards={rewards} names={names} onExplain={setExplained} />
                ))}
                <More query={earnings} />
              </>
            );
          }}
        </Loaded>
      </div>
      {opened && (
        <ExplainSheet
          key={opened.id}
          reward={opened}
          onClose={() => {
            setExplained(null);
            if (linked) choose(level);
          }}
        />
      )}
    </>
  );
}

function Balances() {
  const { api, participantId } = useAdvocate();
  const balance = useQuery({ ...balanceQuery(api, participantId), staleTime: Number.POSITIVE_INFINITY });
  const program = useQuery(programQuery(api));
  if (!program.data) return <FigureBones />;
  const { currency } = program.data;
  return (
    <Loaded query={balance} what="Your balance" skeleton={<FigureBones />}>
      {({ data }) => (
        <Figures>
          {PURSES.map(({ key, word }) => (
            <Figure key={key} label={word}>
              {orZero(data, currency).map((purse) => (
                <span key={purse.currency} className="block">
                  <CountedAmount money={{ amount: purse[key], currency: purse.currency }} />
                </span>
              ))}
            </Figure>
          ))}
        </Figures>
      )}
    </Loaded>
  );
}

type MonthProps = {
  name: string;
  rewards: Reward[];
  names: Map<string, string>;
  onExplain: (reward: Reward) => void;
};

function Month({ name, rewards, names, onExplain }: MonthProps) {
  return (
    <section aria-label={name} className="mt-8">
      <div className="flex items-baseline justify-between gap-4 border-b border-line-strong pb-1.5">
        <h2 className="font-semibold">{name}</h2>
        <span className="text-right text-sm text-ink-2">
          <Amounts amounts={netOf(rewards)} />
        </span>
      </div>
      <ul>
        {rewards.map((reward) => (
          <RewardRow key={reward.id} reward={reward} names={names} onExplain={onExplain} />
        ))}
      </ul>
    </section>
  );
}

/** Newest month first, in the order of the list. */
function byMonth(rewards: Reward[]): [string, Reward[]][] {
  const months = new Map<string, Reward[]>();
  for (const reward of rewards) {
    const name = month.format(new Date(reward.created_at));
    months.set(name, [...(months.get(name) ?? []), reward]);
  }
  return [...months];
}

/** What stays after refunds. */
function netOf(rewards: Reward[]): Money[] {
  return rewards
    .map(({ amount, reversed }) => ({ ...amount, amount: amount.amount - reversed.amount }))
    .reduce<Money[]>(addMoney, []);
}
