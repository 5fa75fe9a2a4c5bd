import { Section } from "../../../ui/page.tsx";
import { Bones } from "../../../ui/states.tsx";
import type { Lint } from "../../../wire.ts";
import { showPlace } from "./draft-context.tsx";
import { Findings, Problems } from "./findings.tsx";
import { WorstCaseTable } from "./worst-case-table.tsx";

/** What the server says about the text as it stands. */
export function LookedOver({ lint, planId }: { lint: Lint | undefined; planId: string | null }) {
  const open = lint?.findings.filter(({ acknowledged }) => !acknowledged) ?? [];
  return (
    <Section title="Looked over" aside={lint && verdict(lint)}>
      {!lint && <Bones rows={3} />}
      {lint && (
        <>
          <Problems problems={lint.problems} onShow={showPlace} />
          {lint.worst_case && <WorstCaseTable worst={lint.worst_case} />}
          <Findings findings={lint.findings} planId={planId} onShow={showPlace} />
          {planId === null && open.some(({ severity }) => severity === "advisory") && (
            <p className="pt-2 text-sm text-ink-2">Findings are acknowledged once the draft is saved.</p>
          )}
        </>
      )}
    </Section>
  );
}

function verdict({ problems, findings, may_be_published }: Lint): string {
  if (problems.length > 0) return "Not a plan yet";
  if (may_be_published) return "May be published";
  const blocking = findings.filter(({ severity }) => severity === "blocking").length;
  if (blocking > 0) return blocking === 1 ? "1 finding blocks" : `${blocking} findings block`;
  return "Not ready to publish";
}
