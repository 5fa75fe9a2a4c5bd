import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { useScope } from "../../../parts/scope.tsx";
import { paths } from "../../../paths.ts";
import { promotionsQuery } from "../../../plan-queries.ts";
import { programQuery } from "../../../queries.ts";
import { Button } from "../../../ui/button.tsx";
import { PageHeading, Section, useTitle } from "../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../ui/states.tsx";
import type { Program, Promotion } from "../../../wire.ts";
import { LaunchDialog } from "./launch-dialog.tsx";
import { PromotionCalendar } from "./promotion-calendar.tsx";
import { PromotionEntry } from "./promotion-entry.tsx";

/** What lies over the plan for a time. */
export default function PromotionsPage() {
  useTitle("Promotions");
  const { api } = useScope();
  const program = useQuery(programQuery(api));
  const promotions = useQuery(promotionsQuery(api));
  return (
    <Loaded query={program} what="The program" skeleton={<Bones rows={6} />} isPage>
      {(found) => (
        <Loaded query={promotions} what="The promotions" skeleton={<Bones rows={6} />} isPage>
          {({ data }) => <Promotions program={found} promotions={data} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function Promotions({ program, promotions }: { program: Program; promotions: Promotion[] }) {
  const { programId } = useScope();
  const [isLaunching, setLaunching] = useState(false);
  const open = promotions.filter(({ state }) => state !== "over");
  const over = promotions.filter(({ state }) => state === "over");
  return (
    <>
      <PageHeading
        title="Promotions"
        actions={
          program.plan && (
            <Button icon="plus" onClick={() => setLaunching(true)}>
              New promotion
            </Button>
          )
        }
      >
        <Link href={paths.plan(programId)} className="text-accent underline">
          Plan
        </Link>{" "}
        · A promotion adds to what the plan pays, for a time. It never pays what the plan does not.
      </PageHeading>
      {promotions.length === 0 ? (
        <EmptyState title="No promotions yet">
          {program.plan
            ? "Double every reward for two weeks, or add something for the first two hundred people. A budget sets how much it may add in all."
            : "A promotion lies over a plan. Publish one first."}
        </EmptyState>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
          <PromotionCalendar promotions={promotions} />
          <List title="Running and to come" promotions={open} program={program} />
          <List title="Over" promotions={over} program={program} />
        </div>
      )}
      {isLaunching && program.plan && (
        <LaunchDialog
          plan={program.plan.document}
          timeZone={program.time_zone}
          onClose={() => setLaunching(false)}
        />
      )}
    </>
  );
}

type ListProps = { title: string; promotions: Promotion[]; program: Program };

function List({ title, promotions, program }: ListProps) {
  if (promotions.length === 0) return null;
  return (
    <Section title={title}>
      <ul>
        {promotions.map((promotion) => (
          <PromotionEntry
            key={promotion.id}
            promotion={promotion}
            tiers={program.plan?.document.tiers ?? []}
          />
        ))}
      </ul>
    </Section>
  );
}
