import { useState } from "react";
import { Link } from "wouter";
import { useScope } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { StatusPill } from "../../ui/status-pill.tsx";
import type { Plan } from "../../wire.ts";
import { isComing, sinceWords } from "./plan-in-force.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { type VersionAct, VersionDialog } from "./version-dialog.tsx";

const LINK =
  "inline-flex min-h-9 pointer-coarse:min-h-11 items-center rounded-control px-3.5 font-medium text-ink-2 no-underline hover:bg-sunken hover:text-ink";

type Open = { plan: Plan; act: VersionAct | "publish" };

/** Every version that was, is and will be, and the drafts beside them. */
export function Versions({ plans, current }: { plans: Plan[]; current: Plan | null }) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
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
          <Version key={plan.id} plan={plan} current={current} onAct={(act) => setOpen({ plan, act })} />
        ))}
      </ul>
      {open?.act === "publish" && <PublishDialog plan={open.plan} onClose={close} />}
      {open && open.act !== "publish" && <VersionDialog plan={open.plan} act={open.act} onClose={close} />}
    </Section>
  );
}

type VersionProps = { plan: Plan; current: Plan | null; onAct: (act: Open["act"]) => void };

function Version({ plan, current, onAct }: VersionProps) {
  const isPublished = plan.state === "published";
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-3 last:border-0">
      <div>
        <span className="font-medium">{plan.version ? `Version ${plan.version}` : "Draft"}</span>{" "}
        <span className="text-ink-2">
          {plan.document.name}
          {isPublished && ` · ${sinceWords(plan)}`}
          {plan.state === "draft" && plan.base_version !== null && ` · from version ${plan.base_version}`}
        </span>
      </div>
      <span className="flex flex-wrap items-center gap-2">
        <VersionActs plan={plan} current={current} onAct={onAct} />
        {plan.state === "withdrawn" && <StatusPill tone="plain">Withdrawn</StatusPill>}
        {isPublished && (
          <StatusPill tone={plan === current ? "ok" : isComing(plan) ? "info" : "plain"}>
            {plan === current ? "In force" : isComing(plan) ? "To come" : "Replaced"}
          </StatusPill>
        )}
      </span>
    </li>
  );
}

function VersionActs({ plan, current, onAct }: VersionProps) {
  const { programId } = useScope();
  const quiet = (act: Open["act"], word: string) => (
    <Button look="quiet" onClick={() => onAct(act)}>
      {word}
    </Button>
  );
  if (plan.state === "draft")
    return (
      <>
        {quiet("delete", "Delete")}
        <Link href={paths.replay(programId, plan.id)} className={LINK}>
          Replay
        </Link>
        <Link href={paths.draft(programId, plan.id)} className={LINK}>
          Open
        </Link>
        <Button onClick={() => onAct("publish")}>Publish</Button>
      </>
    );
  if (plan.state !== "published" || plan === current) return null;
  return isComing(plan) ? quiet("withdraw", "Withdraw") : quiet("rollback", "Roll back to this");
}
