import { PersonLink } from "../../../parts/person-link.tsx";
import { formatFull } from "../../../parts/time.ts";
import { StatusPill } from "../../../ui/status-pill.tsx";
import type { Touch } from "../../../wire.ts";

const KINDS: Record<Touch["kind"], string> = { code: "Code", click: "Click", invitation: "Invitation" };

/** Everything a sign-up came by, the earliest first: which of it won, and why the others did not. */
export function TouchList({ touches }: { touches: readonly Touch[] }) {
  const inOrder = touches.toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1));
  return (
    <ol className="mt-4 ml-1.5 border-l border-line-strong">
      {inOrder.map((touch, index) => (
        <li key={index} className="relative pb-5 pl-5 last:pb-0">
          <span
            aria-hidden="true"
            className={`absolute top-1.5 -left-[5px] size-2.5 rounded-full ${touch.outcome === "won" ? "bg-ok" : "border border-line-strong bg-surface"}`}
          />
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <b className="font-medium">{KINDS[touch.kind]}</b>
            {touch.code && <code className="font-mono text-sm">{touch.code}</code>}
            <StatusPill tone={touch.outcome === "won" ? "ok" : "plain"}>
              {touch.outcome === "won" ? "Won" : "Lost"}
            </StatusPill>
          </p>
          <p className="mt-0.5">
            {touch.advocate_id ? (
              <>
                of <PersonLink id={touch.advocate_id} name={touch.advocate_name} />
              </>
            ) : (
              "of nobody known"
            )}
            {touch.at && <span className="text-ink-2">, {formatFull(touch.at)}</span>}
          </p>
          <p className="mt-0.5 text-ink-2">{touch.sentence}</p>
          <Circumstances touch={touch} />
        </li>
      ))}
    </ol>
  );
}

function Circumstances({ touch }: { touch: Touch }) {
  const seen = [
    touch.referrer_host && `from ${touch.referrer_host}`,
    touch.device && `on a ${touch.device}`,
    touch.channel && `channel ${touch.channel}`,
  ].filter(Boolean);
  if (seen.length === 0) return null;
  return <p className="mt-0.5 text-sm text-ink-2">{seen.join(", ")}</p>;
}
