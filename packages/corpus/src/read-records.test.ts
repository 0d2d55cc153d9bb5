import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BifocalError } from "@bifocal/contracts";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type RecordOptions, readRecords } from "./read-records.js";

const folder = mkdtempSync(join(tmpdir(), "bifocal-corpus-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(name: string, content: string | Uint8Array, options?: RecordOptions) {
  const records = [];
  for await (const { line, fields } of readRecords(fileOf(name, content), options)) records.push([line, fields]);
  return records;
}

async function collectFrom(path: string) {
  const records = [];
  for await (const record of readRecords(path)) records.push(record);
  return records;
}

async function readLeniently(name: string, content: string | Uint8Array, options?: RecordOptions) {
  const errors: string[] = [];
  const onBadRecord = (error: BifocalError): void => {
    errors.push(error.message.slice(folder.length + 1));
  };
  return { records: await read(name, content, { ...options, onBadRecord }), errors };
}

test("a text file holds a text a line; blank lines are left out", async () => {
  expect(await read("a.txt", "\ufeffone\r\n\r\n  \n two \n🙂")).toEqual([
    [1, { text: "one" }],
    [4, { text: " two " }],
    [5, { text: "🙂" }],
  ]);
});

test("NUL bytes and a line of a megabyte are read as they are", async () => {
  const long = "long ".repeat(200_000);
  expect(await read("b.txt", `a\0b\n${long}\nend`)).toEqual([
    [1, { text: "a\0b" }],
    [2, { text: long }],
    [3, { text: "end" }],
  ]);
});

test("an empty file holds nothing", async () => {
  for (const ending of ["txt", "jsonl", "csv", "tsv", "conll"]) expect(await read(`empty.${ending}`, "")).toEqual([]);
});

test("JSON Lines keep every field, half characters included", async () => {
  expect(await read("a.jsonl", '{"text":"half \\ud83d","n":[1]}\r\n\n{"text":""}')).toEqual([
    [1, { text: "half \ud83d", n: [1] }],
    [3, { text: "" }],
  ]);
});

test("a bad line of JSON Lines is told by its number, and the rest can be read", async () => {
  const content = '{"text":"a"}\nnot json\n[1]\n{"label":"b"}\n{"text":"c"}\n';
  const { records, errors } = await readLeniently("bad.jsonl", content, { requires: ["text"] });
  expect(records.map(([line]) => line)).toEqual([1, 5]);
  expect(errors).toEqual([
    "bad.jsonl, line 2: it is not JSON.",
    "bad.jsonl, line 3: it is not a JSON object.",
    'bad.jsonl, line 4: it has no "text".',
  ]);
  await expect(read("bad.jsonl", content)).rejects.toThrow("line 2: it is not JSON");
});

test("a JSON key __proto__ is a field like any other", async () => {
  const [record] = await read("p.jsonl", '{"text":"a","__proto__":{"polluted":true}}');
  expect(Object.keys(record?.[1] as object)).toEqual(["text", "__proto__"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("a quoted cell holds delimiters, doubled quotes and line ends", async () => {
  expect(await read("a.csv", 'text,label\r\n"a, ""b""\r\nc",x\r\n\r\n5" disk,"y"\r\n,\r\n')).toEqual([
    [2, { text: 'a, "b"\r\nc', label: "x" }],
    [5, { text: '5" disk', label: "y" }],
    [6, { text: "", label: "" }],
  ]);
});

test("quotes can be read as plain characters", async () => {
  expect(await read("a.tsv", 'text\tn\n"Open\t1\n', { quotes: false })).toEqual([[2, { text: '"Open', n: "1" }]]);
});

test("a missing column is told with the columns that there are", async () => {
  await expect(read("m.csv", "body,label\na,b\n", { requires: ["text"] })).rejects.toThrow(
    'm.csv has no column "text". There are: body, label.',
  );
  await expect(read("none.csv", "", { requires: ["text"] })).rejects.toThrow("it has no header");
  await expect(read("twice.csv", "a,a\n", {})).rejects.toThrow('two columns are called "a"');
});

test("an unclosed quote is told by the line where it opens", async () => {
  await expect(read("q.csv", 'text,label\n"a\nb",x\nc,"open\nd\ne\n')).rejects.toThrow("line 4: a quote opens here");
});

test("rows of another length or with broken quotes are bad, and the rest can be read", async () => {
  const { records, errors } = await readLeniently("r.csv", 'a,b\n1\n"x" y,2\n3,4\n5,6,7\n8,9\n');
  expect(records.map(([line]) => line)).toEqual([4, 6]);
  expect(errors).toEqual([
    "r.csv, line 2: it has 1 columns, the header has 2.",
    "r.csv, line 3: something follows a closing quote; double the quotes within a cell.",
    "r.csv, line 5: it has 3 columns, the header has 2.",
  ]);
});

test("bytes that are not UTF-8 are told by line and byte, in every form", async () => {
  const bad = Buffer.concat([Buffer.from("h\nzüri "), Buffer.from([0xff]), Buffer.from("\tO\nlast\tO\n")]);
  for (const ending of ["txt", "csv", "conll"]) {
    const { records, errors } = await readLeniently(`u.${ending}`, bad);
    expect(errors.join()).toContain(`u.${ending}, line ${ending === "conll" ? 1 : 2}:`);
    expect(JSON.stringify(records)).not.toContain("\ufffd");
  }
  await expect(read("u.txt", bad)).rejects.toThrow("line 2: byte 7 of the line is not UTF-8");
});

test("UTF-16 with its mark is read, in every form", async () => {
  expect(await read("w.txt", Buffer.from("\ufeffhello", "utf16le"))).toEqual([[1, { text: "hello" }]]);
  const table = Buffer.from("\ufefftext\tlabel\r\nzürich\tplace\r\n", "utf16le").swap16();
  expect(await read("w.tsv", table)).toEqual([[2, { text: "zürich", label: "place" }]]);
});

test("a CoNLL file holds sentences; what stands between token and tag is passed over", async () => {
  expect(await read("a.conll", "Ada\tB-PER\r\nlives\tVB\tO\r\n\r\n\r\nRome\tB-LOC")).toEqual([
    [1, { tokens: ["Ada", "lives"], tags: ["B-PER", "O"], text: "Ada lives" }],
    [5, { tokens: ["Rome"], tags: ["B-LOC"], text: "Rome" }],
  ]);
  const { records, errors } = await readLeniently("b.conll", "a\tO\nno tab\n\nb\tO\n\n\tO\n");
  expect(records).toEqual([[4, { tokens: ["b"], tags: ["O"], text: "b" }]]);
  expect(errors).toEqual([2, 6].map((line) => `b.conll, line ${line}: it is not a token, a tab and a tag.`));
});

test("what cannot be read, or told by its ending, is refused", async () => {
  const code = async (path: string, options?: RecordOptions): Promise<unknown> => {
    try {
      for await (const _ of readRecords(path, options));
    } catch (error) {
      return error instanceof BifocalError ? error.code : error;
    }
  };
  expect(await code(join(folder, "absent.txt"))).toBe("unreadable");
  await expect(collectFrom(join(folder, "absent.txt"))).rejects.toThrow(
    /Cannot read .*absent.txt: no such file or directory\.$/,
  );
  expect(await code(folder, { format: "txt" })).toBe("unreadable");
  expect(await code("texts.docx")).toBe("invalid-input");
  expect(await code("texts.txt", { requires: ["label"] })).toBe("invalid-input");
  expect(await code(fileOf("s.txt", "a"), { signal: AbortSignal.abort() })).toBe("aborted");
});

test("however the bytes arrive, the same records come out", async () => {
  const { csv } = await import("./formats/csv.js");
  const bytes = Buffer.from('text,label\r\n"zü\nri, ""x""",a\r\nb🙂,c\r\n');
  const context = { name: "c", requires: [], quotes: true, reject: () => {} };
  const collect = async (chunks: Uint8Array[]) => {
    const source = (async function* () {
      yield* chunks;
    })();
    const records = [];
    for await (const record of csv.read(source, context)) records.push(record);
    return records;
  };
  const whole = await collect([bytes]);
  expect(whole).toHaveLength(2);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (cut) => {
      expect(await collect([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
    }),
  );
});
