import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Redirect, useLocation, useSearch } from "wouter";
import { apiOf } from "../../api.ts";
import { PASSWORD_MIN } from "../../parts/password-dialog.tsx";
import { paths } from "../../paths.ts";
import { sessionQuery, setupQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useTitle } from "../../ui/page.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Session } from "../../wire.ts";
import { AccessFrame } from "./access-frame.tsx";

export default function SetUpPage() {
  useTitle("Set up");
  const setup = useQuery(setupQuery);
  const token = new URLSearchParams(useSearch()).get("token") ?? "";
  if (setup.data && !setup.data.needed) return <Redirect to={paths.signIn} replace />;
  return (
    <AccessFrame
      title="Create the owner of this installation"
      lead="The owner creates programs and lets others in. This page works once, with the token from the log."
    >
      <SetUpForm tokenGiven={token} />
    </AccessFrame>
  );
}

type Owner = { token: string; email: string; name: string; password: string };
const FIELDS = ["/token", "/email", "/name", "/password"];

function SetUpForm({ tokenGiven }: { tokenGiven: string }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [owner, setOwner] = useState<Owner>({ token: tokenGiven, email: "", name: "", password: "" });
  const set = (key: keyof Owner) => (text: string) => setOwner((old) => ({ ...old, [key]: text }));
  const { submit, isBusy, problem } = useSubmit(
    async (body: Owner) => {
      const outside = apiOf(null);
      await outside.post("/v1/setup", { body });
      return outside.get<Session>("/v1/session");
    },
    (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      client.setQueryData(setupQuery.queryKey, (before) => before && { ...before, needed: false });
      navigate(paths.programs, { replace: true });
    },
  );
  const error = (key: keyof Owner) => problem?.fieldMessage(`/${key}`);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(owner);
      }}
    >
      {(tokenGiven === "" || error("token")) && (
        <Field
          label="Set-up token"
          required
          value={owner.token}
          onText={set("token")}
          error={error("token")}
          autoComplete="one-time-code"
          hint="The server printed it when it first started."
        />
      )}
      <Field
        label="Your name"
        name="name"
        autoComplete="name"
        required
        maxLength={200}
        value={owner.name}
        onText={set("name")}
        error={error("name")}
      />
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={owner.email}
        onText={set("email")}
        error={error("email")}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_MIN}
        value={owner.password}
        onText={set("password")}
        error={error("password")}
        hint={`At least ${PASSWORD_MIN} characters. A sentence works well.`}
      />
      <FormProblem problem={problem} shown={FIELDS} />
      <Button type="submit" look="primary" busy={isBusy} className="mt-2 min-h-11">
        Create owner
      </Button>
    </form>
  );
}
