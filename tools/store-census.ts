import { type Plugin, parseSync } from "vite";

/** Where the rooms keep their SQL. */
const STORE = /server\/[a-z-]+\/(store|store\/[a-z-]+)\.ts$/;

type Place = { name: string; start: number; end: number; isBlock: boolean };

/** While tests run, every exported function of a store says its name when it is called. The product is not changed. */
export function countStoreCalls(): Plugin {
  return {
    name: "store-census",
    enforce: "pre",
    transform(code, id) {
      const file = STORE.exec(id.replace(/\?.*$/, ""))?.[0];
      return file === undefined ? null : { code: withCensus(file, code), map: null };
    },
  };
}

/** `server/ledger/store.ts#insertTransfers` for every exported function of the stores among the files. */
export function storeFunctions(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([file]) => STORE.test(file))
    .flatMap(([file, text]) => placesIn(file, text).map(({ name }) => `${file}#${name}`))
    .sort();
}

/** Adds no line, so that line numbers stay. */
export function withCensus(file: string, code: string): string {
  let text = code;
  for (const { name, start, end, isBlock } of placesIn(file, code).reverse()) {
    const call = `globalThis.storeCensus?.add(${JSON.stringify(`${file}#${name}`)})`;
    text = isBlock
      ? `${text.slice(0, start + 1)} ${call};${text.slice(start + 1)}`
      : `${text.slice(0, start)}(${call}, ${text.slice(start, end)})${text.slice(end)}`;
  }
  return text;
}

/** The bodies of the exported functions, in order. */
function placesIn(file: string, code: string): Place[] {
  const places: Place[] = [];
  const add = (name: string, body: { type: string; start: number; end: number } | null): void => {
    if (body)
      places.push({
        name,
        start: body.start,
        end: body.end,
        isBlock: /^(BlockStatement|FunctionBody)$/.test(body.type),
      });
  };
  for (const statement of parseSync(file, code).program.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    const { declaration } = statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id)
      add(declaration.id.name, declaration.body);
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations)
      if (
        id.type === "Identifier" &&
        (init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression")
      )
        add(id.name, init.body);
  }
  return places;
}
