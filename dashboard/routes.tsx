import { lazy, Suspense } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { FrameBones, homeOf, WithSession } from "./parts/session.tsx";
import { BASE, paths } from "./paths.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";

const Portal = lazy(() => import("./pages/advocate/portal.tsx"));
const Console = lazy(() => import("./pages/operator/console.tsx"));
const ProgramsPage = lazy(() => import("./pages/operator/programs-page.tsx"));
const SignInPage = lazy(() => import("./pages/access/sign-in-page.tsx"));
const SetUpPage = lazy(() => import("./pages/access/set-up-page.tsx"));
const NotFoundPage = lazy(() => import("./pages/access/not-found-page.tsx"));

/** Every page of the dashboard. What is not asked for is not fetched. */
export function Routes() {
  return (
    <Router base={BASE}>
      <ErrorBoundary>
        <Suspense fallback={<FrameBones />}>
          <Switch>
            <Route path={paths.root}>
              <WithSession>{(session) => <Redirect to={homeOf(session)} replace />}</WithSession>
            </Route>
            <Route path={paths.signIn} component={SignInPage} />
            <Route path={paths.setUp} component={SetUpPage} />
            <Route path={paths.programs} component={ProgramsPage} />
            <Route path="/programs/:programId/*?">
              {({ programId }) => <Console key={programId} programId={programId} />}
            </Route>
            <Route
              path={/^\/(?:home|invite|network|earnings|inbox|preferences)(?:\/.*)?$/}
              component={Portal}
            />
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Router>
  );
}
