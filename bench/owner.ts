import fs from "node:fs";
import path from "node:path";
import pg from "pg";

/** Where the owner of the embedded PostgreSQL is let in: its socket and the password beside it. */
export type Address = { host: string; port: number; user: string; password: string };

const USER = "referralhub";
const PRODUCT = "referralhub";
/** The references' own database in the same cluster: same disk, same settings, same version. */
export const REFERENCE = "bench_reference";

export function ownerAddress(dataFolder: string): Address {
  const host = path.join(dataFolder, "postgres");
  const password = fs.readFileSync(path.join(host, `${USER}.password`), "utf8");
  return { host, port: 5432, user: USER, password };
}

/** The product's database as its owner, past row-level security: for facts and for worlds too big for the API. */
export async function openProduct(address: Address): Promise<pg.Client> {
  return connect(address, PRODUCT);
}

/** Makes the references' tables and functions. */
export async function createReferences(product: pg.Client, address: Address, folder: string): Promise<void> {
  await product.query(`create database ${REFERENCE}`);
  const client = await connect(address, REFERENCE);
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".sql"));
  for (const file of files.sort()) await client.query(fs.readFileSync(path.join(folder, file), "utf8"));
  await client.end();
}

/** A figure counts only when what was acknowledged is on the disk. Answers the server's version. */
export async function requireDurable(client: pg.Client): Promise<string> {
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
    const value = await show(client, setting);
    if (value !== "on")
      throw new Error(`PostgreSQL runs with ${setting} ${value}: nothing measured on it counts.`);
  }
  return show(client, "server_version");
}

async function show(client: pg.Client, setting: string): Promise<string> {
  const { rows } = await client.query<string[]>({ text: `show ${setting}`, rowMode: "array" });
  return rows[0]?.[0] ?? "";
}

async function connect(address: Address, database: string): Promise<pg.Client> {
  const client = new pg.Client({ ...address, database, application_name: "referralhub bench" });
  client.on("error", () => {});
  await client.connect();
  return client;
}
