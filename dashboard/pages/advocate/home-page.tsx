import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CountedAmount } from "../../parts/amount.tsx";
import { formatCount } from "../../parts/money.ts";
import { PasswordDialog } from "../../parts/password-dialog.tsx";
import { offerSentences } from "../../parts/plan-sentence.ts";
import { termSentences } from "../../parts/plan-terms.ts";
import { earnedIn, orZero } from "../../parts/purses.ts";
import { useAdvocate } from "../../parts/scope.tsx";
import { formatDay } from "../../parts/time.ts";
import { useEarnings } from "../../parts/use-earnings.ts";
import { balanceQuery, participantQuery, programQuery, sessionQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Figure, FigureBones, Figures, Notice, useTitle } from "../../ui/page.tsx";
import { Bone, Loaded } from "../../ui/states.tsx";
import type { ParticipantWithNetwork, Purses } from "../../wire.ts";
import { BalanceStatement } from "./balance-statement.tsx";
import { LatestEarnings } from "./latest-earnings.tsx";
import { NetworkSummary } from "./network-summary.tsx";
import { Quickstart } from "./quickstart.tsx";
import { QrCode, ShareLink } from "./share.tsx";

export function HomePage() {
  const { api, participantId, programName } = useAdvocate();
  useTitle(programName);
  const participant = useQuery({
    ...participantQuery(api, participantId),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const balance = useQuery({ ...balanceQuery(api, participantId), staleTime: Number.POSITIVE_INFINITY });
  const program = useQuery(programQuery(api));
  // Also while the first steps stand in their place: the first friend then appears without a question to the server.
  useEarnings();
  const purses = balance.data && program.data && orZero(balance.data.data, program.data.currency);
  const isNew = participant.data && purses && isUntouched(participant.data, purses);
  return (
    <>
      <PasswordNotice />
      {participant.data && <PlaceNotice me={participant.data} />}
      <section aria-label="Your link" className="grid gap-x-12 gap-y-6 md:grid-cols-[minmax(0,1fr)_auto]">
        <div>
          <Offer />
          <Loaded
            query={participant}
            what="Your link"
            skeleton={<Bone className="h-11 w-full rounded-control max-sm:h-[9.25rem]" />}
          >
            {(me) =>
              me.link ? <ShareLink link={me.link} /> : <p>You have no link in this program any more.</p>
            }
          </Loaded>
        </div>
        <div className="hidden min-h-[12.5rem] w-40 md:block">
          {participant.data?.link && <QrCode link={participant.data.link} />}
        </div>
      </section>
      <div className="mt-8">
        {isNew ? (
          <Quickstart plan={program.data?.plan?.document ?? null} />
        ) : (
          <Loaded query={participant} what="Your numbers" skeleton={<FigureBones />}>
            {(me) => <Numbers me={me} purses={purses} />}
          </Loaded>
        )}
      </div>
      {!isNew && (
        <div className="mt-10 grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
          <LatestEarnings />
          <div className="grid gap-10">
            <BalanceStatement />
            <NetworkSummary />
          </div>
        </div>
      )}
    </>
  );
}

function Offer() {
  const { api, programName } = useAdvocate();
  const { data, error } = useQuery(programQuery(api));
  if (!data && !error) {
    return (
      <div className="mb-5">
        <h1 className="sr-only">{programName}</h1>
        <Bone className="h-9 w-full max-w-[36rem]" />
        <Bone className="mt-2 h-9 w-2/3 max-w-[24rem]" />
        <Bone className="mt-3 h-5 w-64" />
      </div>
    );
  }
  const plan = data?.plan?.document;
  const sentences = plan ? offerSentences(plan) : [`Invite friends to ${programName}.`];
  return (
    <div className="mb-5">
      <h1 className="max-w-[44ch] font-serif text-xl text-balance sm:text-2xl">{sentences.join(" ")}</h1>
      {plan && <p className="mt-2 text-ink-2">{termSentences(plan, "you").join(" ")}</p>}
    </div>
  );
}

function Numbers({ me, purses }: { me: ParticipantWithNetwork; purses: Purses[] | undefined }) {
  return (
    <Figures>
      <Figure label="Link visits">{formatCount(me.visits)}</Figure>
      <Figure label="Friends joined" note={<Seats used={me.direct_count} limit={me.direct_limit} />}>
        {formatCount(me.direct_count)}
        {me.direct_limit !== null && <span className="text-ink-2"> of {formatCount(me.direct_limit)}</span>}
      </Figure>
      <Figure label="Network" note={levelWords(me)}>
        {formatCount(me.network_count)}
      </Figure>
      <Figure label="Earned" note={qualifiedWords(me.qualified)}>
        {!purses && <span className="text-ink-3">–</span>}
        {(purses ?? []).map((purse) => (
          <span key={purse.currency} className="block">
            <CountedAmount money={earnedIn(purse)} />
          </span>
        ))}
      </Figure>
    </Figures>
  );
}

/** The limit as places, taken and free, where they can be seen one by one. */
function Seats({ used, limit }: { used: number; limit: number | null }) {
  if (limit === null || limit > 20) return null;
  return (
    <span aria-hidden="true" className="flex max-w-32 gap-1 pt-1.5">
      {Array.from({ length: limit }, (_, seat) => (
        <span key={seat} className={`h-1.5 flex-1 rounded-[1px] ${seat < used ? "bg-accent" : "bg-line"}`} />
      ))}
    </span>
  );
}

function qualifiedWords(count: number): string {
  return count === 1 ? "1 friend qualified" : `${formatCount(count)} friends qualified`;
}

function levelWords(me: ParticipantWithNetwork): string {
  return me.levels
    .slice(0, 3)
    .map(({ level, participants }) => `${formatCount(participants)} on level ${level}`)
    .join(" · ");
}

/** What keeps their link from counting, or keeps them from their place, and what happens next. */
function PlaceNotice({ me }: { me: ParticipantWithNetwork }) {
  const position = me.referral?.waiting_position ?? null;
  if (me.suspension)
    return (
      <Notice>
        You are suspended since {formatDay(me.suspension.since)}: {me.suspension.reason} Until that is settled
        nobody new counts through your link. What you have earned stays yours.
      </Notice>
    );
  if (position === null) return null;
  return (
    <Notice>
      {position === 1 ? "You are next in line" : `You are number ${position} in line`} for a place with the
      person who invited you. It becomes yours by itself; your link works already.
    </Notice>
  );
}

function PasswordNotice() {
  const { data } = useQuery(sessionQuery);
  const [isSetting, setSetting] = useState(false);
  if (!data?.user || data.user.has_password) return null;
  return (
    <>
      <Notice action={<Button onClick={() => setSetting(true)}>Set password</Button>}>
        Set a password to come back from another device.
      </Notice>
      {isSetting && <PasswordDialog hasPassword={false} onClose={() => setSetting(false)} />}
    </>
  );
}

function isUntouched(me: ParticipantWithNetwork, purses: Purses[]): boolean {
  return me.network_count === 0 && me.visits === 0 && purses.every((purse) => earnedIn(purse).amount === 0);
}
