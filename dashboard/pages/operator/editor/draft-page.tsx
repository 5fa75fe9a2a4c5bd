import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { useScope } from "../../../parts/scope.tsx";
import { paths } from "../../../paths.ts";
import { planQuery, rulesQuery } from "../../../plan-queries.ts";
import { plansQuery, programQuery } from "../../../queries.ts";
import { PageHeading, useTitle } from "../../../ui/page.tsx";
import { Bones, Loaded } from "../../../ui/states.tsx";
import type { Plan, PlanDocument } from "../../../wire.ts";
import { planInForce } from "../plan-in-force.ts";
import { DraftEditor } from "./draft-editor.tsx";

/** A draft, or a text that is not kept yet, which begins as the version in force. */
export default function DraftPage({ id }: { id: string }) {
  useTitle("Draft of the plan");
  return id === "new" ? <NewDraft /> : <KeptDraft id={id} />;
}

function KeptDraft({ id }: { id: string }) {
  const { api } = useScope();
  const plan = useQuery(planQuery(api, id));
  const shelf = useQuery(rulesQuery(api));
  return (
    <Loaded query={plan} what="This draft" skeleton={<Bones rows={8} />} isPage>
      {(draft) =>
        draft.state === "draft" ? (
          <Loaded query={shelf} what="The rules" skeleton={<Bones rows={8} />} isPage>
            {({ data, ...parts }) => (
              <DraftEditor
                key={draft.id}
                begun={{ plan: draft, document: draft.document, baseVersion: draft.base_version }}
                shelf={data}
                parts={parts}
              />
            )}
          </Loaded>
        ) : (
          <Published plan={draft} />
        )
      }
    </Loaded>
  );
}

function NewDraft() {
  const { api } = useScope();
  const plans = useQuery(plansQuery(api));
  const program = useQuery(programQuery(api));
  const shelf = useQuery(rulesQuery(api));
  return (
    <Loaded query={plans} what="The plans" skeleton={<Bones rows={8} />} isPage>
      {(page) => (
        <Loaded query={program} what="The program" skeleton={<Bones rows={8} />} isPage>
          {({ currency }) => (
            <Loaded query={shelf} what="The rules" skeleton={<Bones rows={8} />} isPage>
              {({ data, ...parts }) => {
                const current = planInForce(page.data);
                const begun = {
                  plan: null,
                  document: current?.document ?? blankPlan(currency),
                  baseVersion: current?.version ?? null,
                };
                return <DraftEditor begun={begun} shelf={data} parts={parts} />;
              }}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Published({ plan }: { plan: Plan }) {
  const { programId } = useScope();
  return (
    <PageHeading title={`Version ${plan.version} is published`}>
      A published version never changes.{" "}
      <Link className="text-accent underline" href={paths.plan(programId)}>
        Draft a new one from the plan
      </Link>
      .
    </PageHeading>
  );
}

/** Where there was never a plan: nothing earns until a rule is added. */
function blankPlan(currency: string): PlanDocument {
  return {
    name: "Plan",
    currency,
    direct_limit: null,
    overflow: "reject",
    inactive_upline: "lapse",
    hold_days: 14,
    attribution_window_days: 30,
    composition: "all",
    rules: [],
  };
}
