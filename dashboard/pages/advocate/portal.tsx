import { lazy, Suspense, useState } from "react";
import { Redirect, Route, Switch } from "wouter";
import { AccountMenu } from "../../parts/account-menu.tsx";
import { Bell } from "../../parts/bell.tsx";
import { ScopeProvider } from "../../parts/scope.tsx";
import { useFreshPage, WithSession } from "../../parts/session.tsx";
import { pathOf, useBrand } from "../../parts/use-brand.ts";
import { useLive } from "../../parts/use-live.ts";
import { below, paths } from "../../paths.ts";
import { ErrorBoundary } from "../../ui/error-boundary.tsx";
import { LiveDot } from "../../ui/live-dot.tsx";
import { Menu, menuItem } from "../../ui/menu.tsx";
import { BottomBar, type Place, SkipLink, TopPlace } from "../../ui/navigation.tsx";
import { Bones } from "../../ui/states.tsx";
import type { Participation, Session } from "../../wire.ts";
import { HomePage } from "./home-page.tsx";

const InvitePages = lazy(() => import("./invite/invite-pages.tsx"));
const NetworkPages = lazy(() => import("./network/network-pages.tsx"));
const ProfileDialog = lazy(() => import("./profile-dialog.tsx"));
const EarningsPage = lazy(() => import("./earnings-page.tsx"));
const InboxPage = lazy(() => import("./inbox-page.tsx"));
const PreferencesPage = lazy(() => import("./preferences-page.tsx"));

const PLACES: Place[] = [
  { href: paths.home, word: "Home", icon: "home" },
  { href: paths.invite, word: "Invite", icon: "share", pattern: below(paths.invite) },
  { href: paths.network, word: "Network", icon: "network", pattern: below(paths.network) },
  { href: paths.earnings, word: "Earnings", icon: "coins" },
];
const CHOICE = "portal-program";

/** The advocate's side: one program at a time, its stream open while any of its pages is. */
export default function Portal() {
  return (
    <WithSession>
      {(session) =>
        session.participations.length === 0 ? (
          <Redirect to={paths.root} replace />
        ) : (
          <Chosen session={session} />
        )
      }
    </WithSession>
  );
}

function Chosen({ session }: { session: Session }) {
  const [chosenId, setChosenId] = useState(() => localStorage.getItem(CHOICE));
  const [first] = session.participations;
  const chosen = session.participations.find(({ program_id }) => program_id === chosenId) ?? first;
  if (!chosen) return null;
  const choose = (programId: string) => {
    localStorage.setItem(CHOICE, programId);
    setChosenId(programId);
  };
  return <Frame key={chosen.program_id} session={session} chosen={chosen} onChoose={choose} />;
}

type FrameProps = { session: Session; chosen: Participation; onChoose: (programId: string) => void };

function Frame({ session, chosen, onChoose }: FrameProps) {
  const live = useLive(chosen.program_id, chosen.participant_id);
  const location = useFreshPage();
  const [isSettingProfile, setSettingProfile] = useState(false);
  return (
    <ScopeProvider
      programId={chosen.program_id}
      programName={chosen.program_name}
      participantId={chosen.participant_id}
      live={live}
    >
      <SkipLink />
      <header className="sticky top-0 z-10 border-b border-line bg-surface">
        <div className="mx-auto flex min-h-14 max-w-[70rem] items-center justify-between gap-4 px-4">
          <ProgramName session={session} chosen={chosen} onChoose={onChoose} />
          <nav aria-label="Main" className="hidden gap-6 md:flex">
            {PLACES.map((place) => (
              <TopPlace key={place.href} place={place} />
            ))}
          </nav>
          <div className="flex items-center gap-2">
            <LiveDot state={live.state} since={live.since} />
            <Bell />
            <AccountMenu session={session} onProfile={() => setSettingProfile(true)} />
          </div>
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-[70rem] px-4 pt-6 pb-24 text-md sm:pt-8 md:pb-12"
      >
        <ErrorBoundary key={location}>
          <Suspense fallback={<Bones rows={6} />}>
            <Switch>
              <Route path={below(paths.invite)} component={InvitePages} />
              <Route path={below(paths.network)} component={NetworkPages} />
              <Route path={paths.earnings} component={EarningsPage} />
              <Route path={paths.inbox} component={InboxPage} />
              <Route path={paths.preferences} component={PreferencesPage} />
              <Route component={HomePage} />
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <BottomBar places={PLACES} />
      {isSettingProfile && (
        <Suspense fallback={null}>
          <ProfileDialog onClose={() => setSettingProfile(false)} />
        </Suspense>
      )}
    </ScopeProvider>
  );
}

function ProgramName({ session, chosen, onChoose }: FrameProps) {
  const brand = useBrand(chosen.program_id);
  const mark = brand?.logo ? (
    <img
      src={pathOf(brand.logo.url)}
      alt={chosen.program_name}
      width={brand.logo.width}
      height={brand.logo.height}
      className="h-8 w-auto max-w-40 rounded-control bg-white object-contain p-1"
    />
  ) : (
    chosen.program_name
  );
  if (session.participations.length < 2) return <p className="min-w-0 truncate font-semibold">{mark}</p>;
  return (
    <Menu label={<span className="font-semibold text-ink">{mark}</span>} place="left">
      {session.participations.map(({ program_id, program_name }) => (
        <button
          key={program_id}
          type="button"
          className={menuItem}
          aria-current={program_id === chosen.program_id ? "true" : undefined}
          onClick={() => onChoose(program_id)}
        >
          {program_name}
        </button>
      ))}
    </Menu>
  );
}
