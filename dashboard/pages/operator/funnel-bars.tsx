import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../../parts/money.ts";
import { useScope } from "../../parts/scope.tsx";
import { funnelQuery } from "../../queries.ts";
import { Bar } from "../../ui/bar.tsx";
import { Section } from "../../ui/page.tsx";
import { Bones, Loaded } from "../../ui/states.tsx";
import type { Funnel } from "../../wire.ts";

/** Below this a percentage says more than is known. */
const PERCENT_FROM = 20;

type Step = { word: string; count: number };

/** Where people stop: a bar a step, from one zero, with what was lost before it. */
export function FunnelBars() {
  const { api } = useScope();
  const query = useQuery(funnelQuery(api));
  return (
    <Section title="From visit to reward">
      <Loaded query={query} what="The funnel" skeleton={<Bones rows={4} className="h-16" />}>
        {(report) => <Steps report={report} />}
      </Loaded>
    </Section>
  );
}

function Steps({ report }: { report: Funnel }) {
  const steps: Step[] = [
    { word: "Visited a link", count: report.clicks },
    { word: "Joined through it", count: report.referred },
    { word: "Qualified", count: report.qualified },
    { word: "Earned their advocate a reward", count: report.rewarded },
  ];
  const most = Math.max(1, ...steps.map(({ count }) => count));
  return (
    <>
      <p className="mt-3 max-w-[60ch] text-md text-pretty">{funnelFinding(report)}</p>
      <ol className="mt-4 grid gap-4">
        {steps.map((step, index) => (
          <li key={step.word}>
            <div className="flex items-baseline justify-between gap-4">
              <span>{step.word}</span>
              <span className="figures font-medium">{formatCount(step.count)}</span>
            </div>
            <Bar share={step.count / most} className="mt-1 h-3" />
            {index > 0 && steps[0]?.count !== 0 && (
              <p className="mt-1 text-sm text-ink-2">{stepWords(steps[index - 1], step)}</p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function stepWords(before: Step | undefined, step: Step): string {
  if (!before || before.count < PERCENT_FROM) return "Too few to compare";
  const lost = before.count - step.count;
  if (lost < 0) return `${formatCount(-lost)} more than before this step`;
  return `${percent(step.count, before.count)} of the step before · ${formatCount(lost)} did not go on`;
}

/** The widest gap, said as a sentence with its numbers. */
export function funnelFinding({ clicks, referred, qualified }: Funnel): string {
  if (clicks === 0 && referred === 0) return "No link has been visited yet.";
  if (clicks < PERCENT_FROM) {
    return `${plural(clicks, "link visit")} and ${plural(referred, "sign-up")} so far: too few for percentages.`;
  }
  const joined = `${formatCount(referred)} of ${plural(clicks, "link visit")} became sign-ups (${percent(referred, clicks)})`;
  if (referred < PERCENT_FROM) return `${joined}.`;
  return `${joined}; ${formatCount(qualified)} of them went on to qualify (${percent(qualified, referred)}).`;
}

function percent(part: number, whole: number): string {
  const share = (part / whole) * 100;
  return `${share < 10 ? share.toFixed(1) : Math.round(share)} %`;
}

function plural(count: number, word: string): string {
  return `${formatCount(count)} ${count === 1 ? word : `${word}s`}`;
}
