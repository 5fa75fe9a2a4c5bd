import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Redirect, useLocation, useSearch } from "wouter";
import { apiOf } from "../../api.ts";
import { homeOf } from "../../parts/session.tsx";
import { paths } from "../../paths.ts";
import { sessionQuery, setupQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useTitle } from "../../ui/page.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Session } from "../../wire.ts";
import { AccessFrame } from "./access-frame.tsx";
import { AskForMail, TypeCode } from "./mail-sign-in.tsx";

export default function SignInPage() {
  useTitle("Sign in");
  const session = useQuery(sessionQuery);
  const setup = useQuery(setupQuery);
  const search = new URLSearchParams(useSearch());
  const next = safeNext(search.get("next"));
  if (session.data) return <Redirect to={next ?? homeOf(session.data)} replace />;
  if (setup.data?.needed) return <Redirect to={paths.setUp} replace />;
  return (
    <AccessFrame title="Sign in" lead={NOTICES[search.get("notice") ?? ""]}>
      <SignInForm next={next} hasMail={setup.data?.mail ?? false} />
    </AccessFrame>
  );
}

/** Why somebody was sent here who did not ask to sign in. */
const NOTICES: Record<string, string> = {
  link_expired:
    "The link you opened has expired: it works for a short time. Open it again from where you found it, or sign in if you have a password.",
};

function SignInForm({ next, hasMail }: { next: string | null; hasMail: boolean }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const enter = (session: Session) => {
    client.setQueryData(sessionQuery.queryKey, session);
    navigate(next ?? homeOf(session), { replace: true });
  };
  const { submit, isBusy, problem } = useSubmit(async (body: { email: string; password: string }) => {
    const outside = apiOf(null);
    await outside.post("/v1/session", { body });
    return outside.get<Session>("/v1/session");
  }, enter);
  if (mailedTo !== null)
    return <TypeCode email={mailedTo} onSession={enter} onBack={() => setMailedTo(null)} />;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ email, password });
      }}
    >
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onText={setEmail}
        error={
          problem?.fieldMessage("/email") ??
          (isMissing && email === "" ? "Enter your e-mail address." : undefined)
        }
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onText={setPassword}
        error={problem?.fieldMessage("/password")}
      />
      <FormProblem problem={problem} shown={["/email", "/password"]} />
      <Button type="submit" look="primary" busy={isBusy} className="mt-2 min-h-11">
        Sign in
      </Button>
      {hasMail ? (
        <>
          <p className="text-center text-sm text-ink-2">No password, or forgotten?</p>
          <AskForMail email={email.trim()} onSent={setMailedTo} onMissing={() => setMissing(true)} />
        </>
      ) : (
        <p className="text-sm text-ink-2">No password? Ask whoever runs the program for a link to sign in.</p>
      )}
    </form>
  );
}

/** Only a path of our own: a sign-in page must not send anyone elsewhere. */
function safeNext(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) && next !== "/" ? next : null;
}
