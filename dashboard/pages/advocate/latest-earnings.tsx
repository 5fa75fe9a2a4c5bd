import { useState } from "react";
import { Link } from "wouter";
import { ExplainSheet } from "../../parts/explain-sheet.tsx";
import { RewardRow } from "../../parts/reward-row.tsx";
import { useEarnings } from "../../parts/use-earnings.ts";
import { paths } from "../../paths.ts";
import { Section } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import type { Reward } from "../../wire.ts";

const ROWS_SHOWN = 10;

export function LatestEarnings() {
  const { earnings, names } = useEarnings();
  const [explained, setExplained] = useState<Reward | null>(null);
  return (
    <Section
      title="Latest earnings"
      aside={
        <Link href={paths.earnings} className="font-medium text-accent hover:underline">
          See all
        </Link>
      }
    >
      <Loaded query={earnings} what="Your earnings" skeleton={<Bones rows={6} className="h-[4.25rem]" />}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.data).slice(0, ROWS_SHOWN);
          if (rows.length === 0) {
            return (
              <EmptyState title="No earnings yet">
                They come from your friends’ orders, not from inviting. The first one slides in here by
                itself.
              </EmptyState>
            );
          }
          return (
            <ul>
              {rows.map((reward) => (
                <RewardRow key={reward.id} reward={reward} names={names} onExplain={setExplained} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {explained && <ExplainSheet reward={explained} onClose={() => setExplained(null)} />}
    </Section>
  );
}
