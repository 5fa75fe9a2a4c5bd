import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, Redirect } from "wouter";
import { AccountMenu } from "../../parts/account-menu.tsx";
import { offerSentences } from "../../parts/plan-sentence.ts";
import { WithSession } from "../../parts/session.tsx";
import { formatDay } from "../../parts/time.ts";
import { paths } from "../../paths.ts";
import { programsQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { PageHeading, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusPill } from "../../ui/status-pill.tsx";
import type { Program, Session } from "../../wire.ts";
import { CreateProgramDialog } from "./create-program-dialog.tsx";

export default function ProgramsPage() {
  useTitle("Programs");
  return (
    <WithSession>
      {(session) =>
        // Who has a link but runs nothing has nothing to see here.
        session.memberships.length === 0 && session.participations.length > 0 ? (
          <Redirect to={paths.home} replace />
        ) : (
          <Frame session={session} />
        )
      }
    </WithSession>
  );
}

function Frame({ session }: { session: Session }) {
  const query = useQuery(programsQuery);
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
      Create program
    </Button>
  );
  return (
    <>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex min-h-14 max-w-[60rem] items-center justify-between px-4">
          <p className="font-semibold">ReferralHub</p>
          <AccountMenu session={session} />
        </div>
      </header>
      <main tabIndex={-1} className="mx-auto max-w-[60rem] px-4 py-9">
        <PageHeading title="Programs" actions={query.data && query.data.data.length > 0 && create}>
          One program is one offer: its currency, its plan, its people and its books.
        </PageHeading>
        <Loaded query={query} what="Your programs" skeleton={<Bones rows={3} className="h-[4.75rem]" />}>
          {({ data }) =>
            data.length === 0 ? (
              <div className="border-t border-line">
                <EmptyState title="No program yet" action={create}>
                  A program says who earns what when a friend orders. It takes a name, a currency and a plan
                  to start from; everything can be tried out before anyone is invited.
                </EmptyState>
              </div>
            ) : (
              <ProgramList programs={data} />
            )
          }
        </Loaded>
      </main>
      {isCreating && <CreateProgramDialog onClose={() => setCreating(false)} />}
    </>
  );
}

const STATES: Record<string, string> = {
  live: "Live",
  draft: "Draft",
  test: "Test",
  paused: "Paused",
  ended: "Ended",
};

function ProgramList({ programs }: { programs: Program[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {programs.map((program) => (
        <li
          key={program.id}
          className="relative flex items-center justify-between gap-6 px-1 py-4 hover:bg-sunken"
        >
          <div className="min-w-0">
            <Link
              href={paths.program(program.id)}
              className="text-md font-semibold text-ink no-underline after:absolute after:inset-0"
            >
              {program.name}
            </Link>
            {program.plan && (
              <p className="mt-0.5">{offerSentences(program.plan.document, "advocate").join(" ")}</p>
            )}
            <p className="mt-0.5 text-ink-2">
              {program.plan ? `${program.plan.name}, version ${program.plan.version}` : "No plan published"} ·{" "}
              {program.currency} · since {formatDay(program.created_at)}
            </p>
          </div>
          <StatusPill tone={program.state === "live" ? "ok" : "plain"}>
            {STATES[program.state] ?? program.state}
          </StatusPill>
        </li>
      ))}
    </ul>
  );
}
