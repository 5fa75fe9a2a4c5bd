import pg from "pg";

const OIDS = { int8: 20, textArray: 1009, timestamptz: 1184 };

/** How values are read: as `pg` does, but an int8 as `bigint`, and what we read most without detours. */
export const types = {
  getTypeParser: (oid: number, format?: string): ((text: string) => unknown) => {
    if (format !== "binary") {
      if (oid === OIDS.int8) return BigInt;
      if (oid === OIDS.textArray) return readTextArray;
      if (oid === OIDS.timestamptz) return readTime;
    }
    return pg.types.getTypeParser(oid, format as "text");
  },
};

const parseTextArray: (text: string) => unknown = pg.types.getTypeParser(OIDS.textArray, "text");
const parseTime: (text: string) => unknown = pg.types.getTypeParser(OIDS.timestamptz, "text");

/** Ids and codes, which no quotes surround. */
function readTextArray(text: string): unknown {
  if (text.includes('"') || text.includes("NULL") || !/^\{[^{]/.test(text)) return parseTextArray(text);
  return text === "{}" ? [] : text.slice(1, -1).split(",");
}

/** `2026-03-01 09:30:00.123456+00`: a year of four digits, at no distance from UTC. */
function readTime(text: string): unknown {
  if (text[4] !== "-" || !text.endsWith("+00")) return parseTime(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
}
