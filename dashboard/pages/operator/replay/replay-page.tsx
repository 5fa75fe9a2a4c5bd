import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { useScope } from "../../../parts/scope.tsx";
import { formatFull } from "../../../parts/time.ts";
import { paths } from "../../../paths.ts";
import { planQuery, replayQuery, replaysQuery } from "../../../plan-queries.ts";
import { PageHeading, Section, useTitle } from "../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../ui/states.tsx";
import { StatusPill, type Tone } from "../../../ui/status-pill.tsx";
import type { Plan, Replay } from "../../../wire.ts";
import { ReplayForm } from "./replay-form.tsx";
import { ReplayProgress } from "./replay-progress.tsx";
import { ReplayReport } from "./replay-report.tsx";

/** What a draft would have paid, beside what was paid. */
export default function ReplayPage({ id }: { id: string }) {
  useTitle("Replay");
  const { api } = useScope();
  const plan = useQuery(planQuery(api, id));
  const replays = useQuery(replaysQuery(api, id));
  return (
    <Loaded query={plan} what="This draft" skeleton={<Bones rows={8} />} isPage>
      {(draft) => (
        <Loaded query={replays} what="The replays" skeleton={<Bones rows={8} />} isPage>
          {({ data }) => <Replays plan={draft} replays={data} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function Replays({ plan, replays }: { plan: Plan; replays: Replay[] }) {
  const { programId } = useScope();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(replays[0]?.id ?? null);
  const start = (replay: Replay) => {
    void client.invalidateQueries({ queryKey: ["replays", programId, plan.id] });
    setChosen(replay.id);
  };
  return (
    <>
      <PageHeading title={`Replay of ${plan.version === null ? "the draft" : `version ${plan.version}`}`}>
        <Link href={paths.plan(programId)} className="text-accent underline">
          Plan
        </Link>{" "}
        ·{" "}
        {plan.state === "draft" ? (
          <Link href={paths.draft(programId, plan.id)} className="text-accent underline">
            {plan.document.name}
          </Link>
        ) : (
          plan.document.name
        )}{" "}
        · Every purchase is settled again, by the version that settled it and by this one. Nothing is booked.
      </PageHeading>
      <div className="grid items-start gap-x-12 gap-y-10 max-lg:grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,7fr)_minmax(0,3fr)]">
        <div className="min-w-0 max-lg:order-last">
          {chosen ? (
            <Chosen key={chosen} id={chosen} plan={plan} />
          ) : (
            <EmptyState title="Not replayed yet">
              Choose what it is replayed on. The answer says what it would have cost, month by month and level
              by level, and who would have earned more or less.
            </EmptyState>
          )}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
          <ReplayForm planId={plan.id} onStarted={start} />
          {replays.length > 0 && (
            <Section title="Replays">
              <ul className="divide-y divide-line">
                {replays.map((replay) => (
                  <Earlier
                    key={replay.id}
                    replay={replay}
                    isChosen={replay.id === chosen}
                    onChoose={setChosen}
                  />
                ))}
              </ul>
            </Section>
          )}
        </div>
      </div>
    </>
  );
}

const STATES: Record<Replay["state"], [Tone, string]> = {
  queued: ["info", "Waits"],
  running: ["info", "Runs"],
  completed: ["ok", "Done"],
  failed: ["bad", "Failed"],
  cancelled: ["plain", "Cancelled"],
};

function Earlier({
  replay,
  isChosen,
  onChoose,
}: {
  replay: Replay;
  isChosen: boolean;
  onChoose: (id: string) => void;
}) {
  const { api } = useScope();
  const { data = replay } = useQuery({ ...replayQuery(api, replay.id), enabled: isChosen });
  const [tone, word] = STATES[data.state];
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={() => onChoose(replay.id)}
        className="flex min-h-11 w-full items-center justify-between gap-3 py-2 text-left hover:text-accent aria-pressed:font-medium"
      >
        <span>
          {replay.source.kind === "history" ? "History" : `Simulation, seed ${replay.source.seed}`}
          <span className="block text-sm font-normal text-ink-2">{formatFull(replay.created_at)}</span>
        </span>
        <StatusPill tone={tone}>{word}</StatusPill>
      </button>
    </li>
  );
}

function Chosen({ id, plan }: { id: string; plan: Plan }) {
  const { api } = useScope();
  const query = useQuery(replayQuery(api, id));
  return (
    <Loaded query={query} what="This replay" skeleton={<Bones rows={6} />}>
      {(replay) =>
        replay.result ? (
          <ReplayReport
            result={replay.result}
            isOlder={replay.plan_hash !== plan.hash}
            isSimulated={replay.source.kind === "simulation"}
          />
        ) : (
          <ReplayProgress replay={replay} />
        )
      }
    </Loaded>
  );
}
