import { offerSentences } from "../../parts/plan-sentence.ts";
import type { PlanDocument } from "../../wire.ts";

/** What happens next, in place of four zeros. */
export function Quickstart({ plan }: { plan: PlanDocument | null }) {
  const steps = [
    { title: "Share your link", text: "With someone who would like it. A message of your own works best." },
    { title: "Your friend joins", text: "You see it here within seconds, with their name." },
    {
      title: "They order, you earn",
      text: plan ? offerSentences(plan).join(" ") : "Every earning explains itself.",
    },
  ];
  return (
    <section aria-label="How it works">
      <ol className="grid gap-px overflow-hidden rounded-surface border border-line bg-line md:grid-cols-3">
        {steps.map(({ title, text }, index) => (
          <li key={title} className="bg-surface px-5 py-5">
            <p className="figures text-sm font-medium text-accent">Step {index + 1}</p>
            <p className="mt-1 font-semibold">{title}</p>
            <p className="mt-1 text-ink-2">{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
