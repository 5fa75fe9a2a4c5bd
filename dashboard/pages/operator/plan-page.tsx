import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { costSentences, offerSentences, termSentences } from "../../parts/plan-sentence.ts";
import { planText } from "../../parts/plan-text.ts";
import { useScope } from "../../parts/scope.tsx";
import { formatFull } from "../../parts/time.ts";
import { plansQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusPill } from "../../ui/status-pill.tsx";
import type { Plan } from "../../wire.ts";
import { PlanEditor } from "./plan-editor.tsx";
import { PublishDialog } from "./publish-dialog.tsx";

export default function PlanPage() {
  useTitle("Plan");
  const { api } = useScope();
  const query = useQuery(plansQuery(api));
  const [edited, setEdited] = useState<Plan | "blank" | null>(null);
  const [published, setPublished] = useState<Plan | null>(null);
  return (
    <Loaded query={query} what="The plans" skeleton={<Bones rows={8} />}>
      {({ data }) => {
        const current = inForce(data);
        return (
          <>
            <PageHeading
              title={current ? current.document.name : "Plan"}
              actions={<Button onClick={() => setEdited(current ?? "blank")}>Draft a new version</Button>}
            >
              {current
                ? `Version ${current.version}, in force ${sinceWords(current)}. A published version never changes; a new one replaces it from a date.`
                : "No plan is in force, so nothing earns."}
            </PageHeading>
            {current && <Reading plan={current} />}
            <Versions plans={data} current={current} onEdit={setEdited} onPublish={setPublished} />
            {edited && (
              <PlanEditor
                plan={edited === "blank" ? null : edited}
                onClose={() => setEdited(null)}
                onDrafted={setPublished}
              />
            )}
            {published && <PublishDialog plan={published} onClose={() => setPublished(null)} />}
          </>
        );
      }}
    </Loaded>
  );
}

/** The published version with the latest start that has come. */
function inForce(plans: Plan[]): Plan | null {
  const now = Date.now();
  const started = plans.filter(
    (plan) => plan.state === "published" && Date.parse(plan.from ?? plan.published_at ?? "") <= now,
  );
  return started.sort((a, b) => (b.version ?? 0) - (a.version ?? 0))[0] ?? null;
}

/** The first version holds from the beginning of the program's time. */
function sinceWords(plan: Plan): string {
  const from = plan.from ?? plan.published_at ?? "";
  return Date.parse(from) === 0 ? "from the beginning" : `from ${formatFull(from)}`;
}

function isComing(plan: Plan): boolean {
  return Date.parse(plan.from ?? plan.published_at ?? "") > Date.now();
}

function Reading({ plan }: { plan: Plan }) {
  const json = planText(plan.document);
  return (
    <div className="grid items-start gap-x-12 gap-y-10 max-lg:grid-cols-[minmax(0,1fr)] lg:grid-cols-2">
      <div>
        <Section title="What it pays">
          {offerSentences(plan.document, "advocate").map((sentence, index) => (
            <div key={plan.document.rules[index]?.id} className="border-b border-line py-4 last:border-0">
              <p className="font-serif text-lg text-pretty">{sentence}</p>
              <p className="mt-1 text-ink-2">{costSentences(plan.document)[index]}</p>
            </div>
          ))}
        </Section>
        <Section title="On these terms" className="mt-10">
          <ul className="divide-y divide-line">
            {termSentences(plan.document).map((sentence) => (
              <li key={sentence} className="py-2.5">
                {sentence}
              </li>
            ))}
          </ul>
        </Section>
      </div>
      <Section
        title="As a document"
        aside={
          <CopyButton text={json} done="Document copied" label="Copy JSON" look="quiet" className="-mr-3.5" />
        }
      >
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          className="mt-3 max-h-[28rem] overflow-auto rounded-control bg-sunken p-4 font-mono text-sm leading-relaxed"
        >
          {json}
        </pre>
        <p className="mt-2 font-mono text-xs wrap-anywhere text-ink-2">sha-256 {plan.hash}</p>
      </Section>
    </div>
  );
}

type VersionsProps = {
  plans: Plan[];
  current: Plan | null;
  onEdit: (plan: Plan) => void;
  onPublish: (plan: Plan) => void;
};

function Versions({ plans, current, onEdit, onPublish }: VersionsProps) {
  if (plans.length === 0) {
    return (
      <EmptyState title="No versions">
        Draft one, publish it, and purchases start to earn from that moment.
      </EmptyState>
    );
  }
  return (
    <Section title="Versions" className="mt-10">
      <ul>
        {plans.map((plan) => (
          <li
            key={plan.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-3 last:border-0"
          >
            <div>
              <span className="font-medium">{plan.version ? `Version ${plan.version}` : "Draft"}</span>{" "}
              <span className="text-ink-2">
                {plan.document.name}
                {plan.state === "published" && ` · ${sinceWords(plan)}`}
              </span>
            </div>
            {plan.state === "draft" ? (
              <span className="flex gap-2">
                <Button look="quiet" onClick={() => onEdit(plan)}>
                  Open
                </Button>
                <Button onClick={() => onPublish(plan)}>Publish</Button>
              </span>
            ) : (
              <StatusPill tone={plan === current ? "ok" : "plain"}>
                {plan === current ? "In force" : isComing(plan) ? "To come" : "Replaced"}
              </StatusPill>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
