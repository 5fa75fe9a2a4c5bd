import { Section } from "../../../ui/page.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import type { Lint, PlanDocument } from "../../../wire.ts";
import { useDraft } from "./draft-context.tsx";
import { Examples } from "./examples.tsx";
import { RuleList } from "./rule-list.tsx";
import { Terms } from "./terms.tsx";
import { Caps, Tiers } from "./tiers-and-caps.tsx";

/** The whole plan as sentences; a document of another shape can only be mended as JSON. */
export function DraftSentences({ lint }: { lint: Lint | undefined }) {
  const { document } = useDraft();
  if (!isDrawable(document))
    return (
      <EmptyState title="This cannot be shown as sentences">
        The document has another shape than a plan. The findings say where; mend it as JSON.
      </EmptyState>
    );
  return (
    <div className="grid min-w-0 gap-10">
      <Section title="What it pays">
        <RuleList />
      </Section>
      <Terms />
      <Tiers />
      <Caps />
      <Examples lint={lint} />
    </div>
  );
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isListOfObjects = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every(isObject));

function isDrawable(document: PlanDocument): boolean {
  const { rules, tiers, caps, activity, qualifies, expires_days: expires, on_refund: undo } = document;
  const { examples } = document as { examples?: unknown };
  return (
    [rules, tiers, caps, examples].every(isListOfObjects) &&
    [activity, qualifies, expires, undo].every((value) => value === undefined || isObject(value)) &&
    (rules ?? []).every(({ levels }) => isListOfObjects(levels)) &&
    (tiers ?? []).every(({ at_least: least }) => isObject(least)) &&
    ((examples as { given?: unknown; expect?: unknown }[] | undefined) ?? []).every(
      ({ given, expect }) => isObject(given) && isListOfObjects(expect),
    )
  );
}
