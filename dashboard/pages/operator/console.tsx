import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { Link, Route, Switch } from "wouter";
import { apiOf } from "../../api.ts";
import { AccountMenu } from "../../parts/account-menu.tsx";
import { ScopeProvider } from "../../parts/scope.tsx";
import { useFreshPage, WithSession } from "../../parts/session.tsx";
import { useLive } from "../../parts/use-live.ts";
import { below, paths } from "../../paths.ts";
import { programsQuery } from "../../queries.ts";
import { openClaimsQuery } from "../../referral-queries.ts";
import { ErrorBoundary } from "../../ui/error-boundary.tsx";
import { LiveDot } from "../../ui/live-dot.tsx";
import { Menu, menuItem } from "../../ui/menu.tsx";
import { BottomBar, type Place, SidePlace, SkipLink } from "../../ui/navigation.tsx";
import { PageHeading } from "../../ui/page.tsx";
import { Bones } from "../../ui/states.tsx";
import type { Session } from "../../wire.ts";
import { HomePage } from "./home-page.tsx";

const ParticipantsPage = lazy(() => import("./participants-page.tsx"));
const ParticipantPage = lazy(() => import("./participant-page.tsx"));
const ReferralPages = lazy(() => import("./referrals/referral-pages.tsx"));
const ConversionPage = lazy(() => import("./conversion-page.tsx"));
const PlanPage = lazy(() => import("./plan-page.tsx"));
const DraftPage = lazy(() => import("./editor/draft-page.tsx"));
const PromotionsPage = lazy(() => import("./promotions/promotions-page.tsx"));
const ReplayPage = lazy(() => import("./replay/replay-page.tsx"));
const LedgerPage = lazy(() => import("./ledger-page.tsx"));
const InvitationsPage = lazy(() => import("./invitations/invitations-page.tsx"));
const BatchPage = lazy(() => import("./invitations/batch-page.tsx"));
const SettingsPage = lazy(() => import("./settings/settings-page.tsx"));

/** The operator's side of one program; its stream is open while any of its pages is. */
export default function Console({ programId }: { programId: string }) {
  return (
    <WithSession>
      {(session) => {
        const membership = session.memberships.find(({ program_id }) => program_id === programId);
        if (!membership) return <NotYours session={session} />;
        return <Frame session={session} programId={programId} programName={membership.program_name} />;
      }}
    </WithSession>
  );
}

type FrameProps = { session: Session; programId: string; programName: string };

function Frame({ session, programId, programName }: FrameProps) {
  const live = useLive(programId, null);
  const location = useFreshPage();
  const api = useMemo(() => apiOf(programId), [programId]);
  const claims = useQuery(openClaimsQuery(api));
  const places = placesOf(programId, claims.data?.open ?? 0);
  return (
    <ScopeProvider programId={programId} programName={programName} participantId={null} live={live}>
      <SkipLink />
      <div className="lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)]">
        <header className="sticky top-0 z-10 flex items-center justify-between gap-2 border-b border-line bg-surface px-2 max-lg:min-h-14 lg:h-dvh lg:flex-col lg:items-stretch lg:justify-start lg:border-r lg:border-b-0 lg:px-3 lg:py-4">
          <ProgramMenu programId={programId} programName={programName} />
          <nav aria-label="Main" className="mt-4 hidden flex-1 flex-col gap-0.5 lg:flex">
            {places.map((place) => (
              <SidePlace key={place.href} place={place} />
            ))}
          </nav>
          <div className="flex items-center gap-1 lg:flex-col lg:items-stretch lg:gap-2">
            <span className="px-2.5">
              <LiveDot state={live.state} since={live.since} />
            </span>
            <AccountMenu session={session} place="foot" />
          </div>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-[75rem] px-4 pt-6 pb-24 sm:px-6 lg:px-10 lg:pt-9 lg:pb-16"
        >
          <ErrorBoundary key={location}>
            <Suspense fallback={<Bones rows={8} />}>
              <Pages programId={programId} />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <BottomBar places={places} hiddenFrom="lg:hidden" />
    </ScopeProvider>
  );
}

function Pages({ programId }: { programId: string }) {
  return (
    <Switch>
      <Route path={paths.program(programId)} component={HomePage} />
      <Route path={paths.participants(programId)} component={ParticipantsPage} />
      <Route path={paths.participant(programId, ":id")}>
        {({ id }: { id: string }) => <ParticipantPage key={id} id={id} />}
      </Route>
      <Route path={below(paths.referrals(programId))} component={ReferralPages} />
      <Route path={paths.conversion(programId, ":id")}>
        {({ id }: { id: string }) => <ConversionPage key={id} id={id} />}
      </Route>
      <Route path={paths.programInvitations(programId)} component={InvitationsPage} />
      <Route path={paths.programBatch(programId, ":id")}>
        {({ id }: { id: string }) => <BatchPage key={id} id={id} />}
      </Route>
      <Route path={paths.plan(programId)} component={PlanPage} />
      <Route path={paths.promotions(programId)} component={PromotionsPage} />
      <Route path={paths.draft(programId, ":id")}>
        {({ id }: { id: string }) => <DraftPage key={id} id={id} />}
      </Route>
      <Route path={paths.replay(programId, ":id")}>
        {({ id }: { id: string }) => <ReplayPage key={id} id={id} />}
      </Route>
      <Route path={paths.ledger(programId)} component={LedgerPage} />
      <Route path={below(paths.settings(programId))} component={SettingsPage} />
      <Route>
        <PageHeading title="There is no page here">
          The address may be mistyped, or the page has moved.
        </PageHeading>
      </Route>
    </Switch>
  );
}

function placesOf(programId: string, waiting: number): Place[] {
  const people = paths.participants(programId);
  return [
    { href: paths.program(programId), word: "Home", icon: "home" },
    { href: people, word: "Participants", icon: "people", pattern: `${people}/*?` },
    {
      href: paths.referrals(programId),
      word: "Referrals",
      icon: "network",
      pattern: below(paths.referrals(programId)),
      count: waiting,
    },
    {
      href: paths.programInvitations(programId),
      word: "Invitations",
      icon: "share",
      pattern: below(paths.programInvitations(programId)),
    },
    { href: paths.plan(programId), word: "Plan", icon: "plan", pattern: `${paths.plan(programId)}/*?` },
    { href: paths.ledger(programId), word: "Ledger", icon: "coins" },
    {
      href: paths.settings(programId),
      word: "Settings",
      icon: "settings",
      pattern: below(paths.settings(programId)),
    },
  ];
}

function ProgramMenu({ programId, programName }: { programId: string; programName: string }) {
  const { data } = useQuery(programsQuery);
  return (
    <div className="min-w-0">
      <Menu label={<span className="font-semibold text-ink">{programName}</span>} place="left">
        {data?.data
          .filter((program) => program.id !== programId)
          .map((program) => (
            <Link key={program.id} href={paths.program(program.id)} className={menuItem}>
              {program.name}
            </Link>
          ))}
        <Link href={paths.programs} className={menuItem}>
          All programs
        </Link>
      </Menu>
    </div>
  );
}

function NotYours({ session }: { session: Session }) {
  return (
    <main className="mx-auto max-w-[40rem] px-4 py-16">
      <PageHeading title="This program is not open to you">
        {session.user ? `${session.user.email} is` : "You are"} not in its team, or it does not exist. An
        owner of the program can add you.
      </PageHeading>
      <Link href={paths.programs} className="font-medium text-accent underline">
        Your programs
      </Link>
    </main>
  );
}
