import { useQuery } from "@tanstack/react-query";
import { invitationSummaryQuery } from "../../../invitation-queries.ts";
import { formatCount } from "../../../parts/money.ts";
import { useScope } from "../../../parts/scope.tsx";
import { Figure, FigureBones, Figures } from "../../../ui/page.tsx";
import type { InvitationSummary } from "../../../wire.ts";

/** What went out, arrived, was opened and led to somebody: four numbers that say where invitations end. */
export function DeliveryBars() {
  const { api } = useScope();
  const { data } = useQuery(invitationSummaryQuery(api, null));
  if (!data) return <FigureBones />;
  const { out, back, opened, joined } = reachOf(data.counts);
  if (out === 0) return null;
  return (
    <div className="mb-8">
      <Figures>
        <Figure label="Went out">{formatCount(out)}</Figure>
        <Figure label="Came back" note={share(back, out)}>
          {formatCount(back)}
        </Figure>
        <Figure label="Opened by a friend" note={share(opened, out)}>
          {formatCount(opened)}
        </Figure>
        <Figure label="Joined" note={share(joined, out)}>
          {formatCount(joined)}
        </Figure>
      </Figures>
    </div>
  );
}

/** Below this many a share says nothing. */
const SHARE_MIN = 20;

function share(part: number, whole: number): string {
  return whole < SHARE_MIN ? "too few to compare" : `${Math.round((part / whole) * 100)} %`;
}

function reachOf(counts: InvitationSummary["counts"]) {
  const { sent, delivered, clicked, joined, bounced } = counts;
  return {
    out: sent + delivered + clicked + joined + bounced,
    back: bounced,
    opened: clicked + joined,
    joined,
  };
}
