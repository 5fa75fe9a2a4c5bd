import { lazy } from "react";
import { Redirect, Route, Switch } from "wouter";
import { useScope } from "../../../parts/scope.tsx";
import { below, paths } from "../../../paths.ts";
import { PlaceTabs } from "../../../ui/navigation.tsx";

const EmailPages = lazy(() => import("./email/email-pages.tsx"));
const GeneralPage = lazy(() => import("./general-page.tsx"));
const BrandPage = lazy(() => import("./brand/brand-page.tsx"));
const KeysPage = lazy(() => import("./keys-page.tsx"));

/** Everything about a program that is set once and seldom changed, a tab each. */
export default function SettingsPage() {
  const { programId } = useScope();
  const email = paths.email(programId);
  const general = paths.general(programId);
  const places = [
    { href: general, word: "General" },
    { href: paths.brand(programId), word: "Brand" },
    { href: email, word: "E-mail", pattern: below(email) },
    { href: paths.keys(programId), word: "API keys" },
  ];
  return (
    <>
      <PlaceTabs label="Settings" places={places} />
      <Switch>
        <Route path={general} component={GeneralPage} />
        <Route path={below(email)} component={EmailPages} />
        <Route path={paths.brand(programId)} component={BrandPage} />
        <Route path={paths.keys(programId)} component={KeysPage} />
        <Route>
          <Redirect to={general} replace />
        </Route>
      </Switch>
    </>
  );
}
