import { Link } from "wouter";
import { formatMoney, formatMovement } from "../../../parts/money.ts";
import { useScope } from "../../../parts/scope.tsx";
import { sentenceCase } from "../../../parts/status.tsx";
import { formatFull } from "../../../parts/time.ts";
import { paths } from "../../../paths.ts";
import { Section } from "../../../ui/page.tsx";
import type { ReplayResult } from "../../../wire.ts";

type Example = ReplayResult["examples"][number];
type Verdict = Example["current"][number];

/** Some conversions, opened to what each plan says about everybody. */
export function ReplayExamples({ examples, isSimulated }: { examples: Example[]; isSimulated: boolean }) {
  if (examples.length === 0) return null;
  return (
    <Section title="Examples">
      {examples.map((example, index) => (
        <details key={example.conversion_id ?? index} className="border-b border-line last:border-0">
          <summary className="min-h-11 py-3">
            {sentenceCase(example.kind)}
            {example.kind === "signup" ? "" : ` of ${formatMoney(example.amount)}`}{" "}
            <span className="text-ink-2">on {formatFull(example.occurred_at)}</span>
          </summary>
          <div className="grid gap-x-8 gap-y-4 pb-4 sm:grid-cols-2">
            <Verdicts title="Today’s plan" verdicts={example.current} />
            <Verdicts title="This draft" verdicts={example.draft} />
          </div>
          {!isSimulated && example.conversion_id && <TraceLink id={example.conversion_id} />}
        </details>
      ))}
    </Section>
  );
}

function TraceLink({ id }: { id: string }) {
  const { programId } = useScope();
  return (
    <p className="pb-4">
      <Link href={paths.conversion(programId, id)} className="font-medium text-accent underline">
        The purchase as it was settled
      </Link>
    </p>
  );
}

function Verdicts({ title, verdicts }: { title: string; verdicts: Verdict[] }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      {verdicts.length === 0 && <p className="text-ink-2">No rule was asked.</p>}
      <ul className="divide-y divide-line">
        {verdicts.map((verdict) => (
          <li key={`${verdict.rule} ${verdict.level}`} className="py-2">
            <p className="flex justify-between gap-3">
              <span>
                {placeWords(verdict)} <code className="font-mono text-xs text-ink-2">{verdict.rule}</code>
              </span>
              <span className="figures font-medium">
                {verdict.verdict === "grant" && verdict.amount
                  ? formatMovement(verdict.amount)
                  : "No earning"}
              </span>
            </p>
            <p className="mt-0.5 text-sm text-ink-2">{verdict.message}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function placeWords({ level, participant_id: holder }: Verdict): string {
  if (level > 0) return `Level ${level}`;
  return holder ? "The friend" : "The whole rule";
}
