import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillMessage, guessMapping, unknownPlaceholders } from "./column-mapping.ts";
import { readPeopleFile } from "./people-file.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return isBig ? bytes.swap16() : bytes;
};
const read = (bytes: Uint8Array) => {
  const file = readPeopleFile(bytes);
  if (file.kind === "refused") throw new Error(file.message);
  return file;
};

describe("a list of people as a file", () => {
  it.each([[","], [";"], ["\t"], ["|"]])("is read with whatever divides it: %j", (by) => {
    const file = read(
      utf8(`Name${by}E-mail\r\n"Rao${by} ""M"""${by}m@x.example\r\n\r\nRavi${by}r@x.example`),
    );
    expect(file).toMatchObject({
      columns: ["Name", "E-mail"],
      rows: [
        [`Rao${by} "M"`, "m@x.example"],
        ["Ravi", "r@x.example"],
      ],
    });
  });

  it.each([
    ["utf-8", utf8("Name,Mail\nZoë,z@x.example")],
    ["utf-8", utf8("\ufeffName,Mail\nZoë,z@x.example")],
    ["utf-16le", utf16("\ufeffName,Mail\nZoë,z@x.example", false)],
    ["utf-16be", utf16("\ufeffName,Mail\nZoë,z@x.example", true)],
    ["utf-16le", utf16("Name,Mail\nZoë,z@x.example", false)],
    ["windows-1252", Buffer.from("Name,Mail\nZoë,z@x.example", "latin1")],
  ])("is read in the encoding it was saved in: %s", (encoding, bytes) => {
    expect(read(bytes)).toMatchObject({
      encoding,
      columns: ["Name", "Mail"],
      rows: [["Zoë", "z@x.example"]],
    });
  });

  it("has numbered columns where it begins with people", () => {
    expect(read(utf8("a@x.example\nb@x.example"))).toMatchObject({
      columns: ["Column 1"],
      rows: [["a@x.example"], ["b@x.example"]],
    });
  });

  it("is refused with a sentence where there is nobody in it, too many, or no text", () => {
    const codeOf = (bytes: Uint8Array) => {
      const file = readPeopleFile(bytes);
      return file.kind === "refused" ? file.code : "read";
    };
    expect(codeOf(utf8(" \n"))).toBe("empty_file");
    expect(codeOf(utf8("Name,Mail\n"))).toBe("empty_file");
    expect(codeOf(utf8("a@x.example\n".repeat(20_001)))).toBe("too_many_rows");
    expect(codeOf(Uint8Array.from([0x50, 0x4b, 3, 4, 0x41, 0, 0x42, 0x43, 0x44]))).toBe("unreadable_file");
    expect(codeOf(utf8('Name,Mail\n"never closed'))).toBe("unreadable_file");
  });

  it("is read or refused, whatever it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        const file = readPeopleFile(bytes);
        if (file.kind === "read")
          for (const row of file.rows) expect(row.length).toBeLessThanOrEqual(file.columns.length);
      }),
    );
  });
});

describe("what the columns say", () => {
  const guess = (columns: string[], ...rows: string[][]) => guessMapping(columns, rows);

  it("is guessed by their titles, and the address by what looks like one", () => {
    expect(guess(["Full name", "E-Mail", "Note", "Locale"], ["A", "a@x.example", "", "en"])).toEqual({
      email: 1,
      name: 0,
      message: 2,
      language: 3,
    });
    expect(guess(["id", "whatever"], ["1", "a@x.example"])).toEqual({
      email: 1,
      name: null,
      message: null,
      language: null,
    });
    expect(guess(["Email", "Contact"], ["yes", "a@x.example"], ["no", "b@x.example"])).toMatchObject({
      email: 1,
    });
    expect(guess(["a", "b"], ["1", "2"])).toMatchObject({ email: null });
  });

  it("may stand in the message in braces", () => {
    const columns = ["First name", "Last order"];
    expect(fillMessage("Hi {first_name}, thanks for {Last_Order} {x}", columns, ["Zoë", "tea"])).toBe(
      "Hi Zoë, thanks for tea {x}",
    );
    expect(unknownPlaceholders("Hi {first_name} {x}", columns)).toEqual(["x"]);
  });
});
