import net from "node:net";
import type pg from "pg";
import { expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";
import { RATE_LIMITS } from "../access/rate-limit.ts";
import { Database } from "../platform/database.ts";

const database = useDatabase();
const nothing = () => {};
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const MEERA = { name: "Meera Iyer", email: "meera@example.com" };

const post = (server: WelcomeServer, fields: Record<string, string>) =>
  server.app.inject({
    method: "POST",
    url: "/join",
    payload: new URLSearchParams(fields).toString(),
    headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
  });

it("keeps what was typed when too many join from one address, and says when to try again", async () => {
  const server = await startWelcomeServer(database.db, () => "http://refer.example", { rateLimitScale: 1 });
  const program = await server.launch("Acme Perks");
  for (let sent = 0; sent < RATE_LIMITS.join.limit; sent++)
    expect((await post(server, { program })).statusCode).toBe(422);
  const page = await post(server, { ...MEERA, program });
  expect(page.statusCode).toBe(429);
  expect(Number(page.headers["retry-after"])).toBeGreaterThan(0);
  expect(page.body).toContain("Many people are joining from here");
  expect(page.body).toContain('name="email" value="meera@example.com"');
  expect(page.body).toContain("Try again");
  await server.close();
});

it("keeps what was typed while the database is away, and answers pages in words", async () => {
  const tunnel = await openTunnel(database.app);
  const db = new Database({
    connection: tunnel.connection,
    poolSize: 2,
    preparedStatements: true,
    log: quiet,
  });
  const server = await startWelcomeServer(db, () => "http://refer.example");
  const program = await server.launch("Acme Perks");
  const ravi = await server.enroll(program, "Ravi");
  tunnel.close();
  const page = await post(server, { ...MEERA, program, ref: ravi.code });
  expect(page.statusCode).toBe(503);
  expect(page.body).toContain("You have not joined yet.");
  expect(page.body).toContain(`name="ref" value="${ravi.code}"`);
  const read = await server.app.inject({ url: `/join?ref=${ravi.code}`, headers: { accept: "text/html" } });
  expect(read.statusCode).toBe(503);
  expect(read.headers["retry-after"]).toBeDefined();
  expect(read.body).toContain("We cannot answer at the moment.");
  expect(read.body).toContain(`href="/join?ref=${ravi.code}">Try again`);
  const api = await server.app.inject({ url: "/v1/nothing", headers: { accept: "text/html" } });
  expect(api.headers["content-type"]).toContain("application/problem+json");
  await server.close();
  await db.close();
});

/** A way to the database that can be cut. */
async function openTunnel({ host, port, ...rest }: pg.ClientConfig) {
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((near) => {
    const far = host?.startsWith("/")
      ? net.connect(`${host}/.s.PGSQL.${port}`)
      : net.connect({ host: host ?? "127.0.0.1", port: port ?? 5432 });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", nothing);
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address() as net.AddressInfo;
  return {
    connection: { ...rest, host: "127.0.0.1", port: address.port },
    close: () => {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
