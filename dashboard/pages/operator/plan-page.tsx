import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { costSentences, offerSentences } from "../../parts/plan-sentence.ts";
import { termSentences } from "../../parts/plan-terms.ts";
import { planText } from "../../parts/plan-text.ts";
import { useScope } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { plansQuery } from "../../queries.ts";
import { CopyButton } from "../../ui/copy.tsx";
import { PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bones, Loaded } from "../../ui/states.tsx";
import type { Plan } from "../../wire.ts";
import { planInForce, sinceWords } from "./plan-in-force.ts";
import { Versions } from "./versions.tsx";

export default function PlanPage() {
  useTitle("Plan");
  const { api, programId } = useScope();
  const query = useQuery(plansQuery(api));
  return (
    <Loaded query={query} what="The plans" skeleton={<Bones rows={8} />}>
      {({ data }) => {
        const current = planInForce(data);
        return (
          <>
            <PageHeading
              title={current ? current.document.name : "Plan"}
              actions={
                <>
                  <Link href={paths.promotions(programId)} className={LINK}>
                    Promotions
                  </Link>
                  <Link href={paths.draft(programId, "new")} className={LINK}>
                    Draft a new version
                  </Link>
                </>
              }
            >
              {current
                ? `Version ${current.version}, in force ${sinceWords(current)}. A published version never changes; a new one replaces it from a date.`
                : "No plan is in force, so nothing earns."}
            </PageHeading>
            {current && <Reading plan={current} />}
            <Versions plans={data} current={current} />
          </>
        );
      }}
    </Loaded>
  );
}

const LINK =
  "inline-flex min-h-9 pointer-coarse:min-h-11 items-center rounded-control border border-line-strong bg-surface px-3.5 font-medium no-underline hover:bg-sunken";

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
