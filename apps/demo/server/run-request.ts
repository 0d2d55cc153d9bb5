import {
  BifocalError,
  checkOption,
  checkOptions,
  didYouMean,
  type GenerateOptions,
  parseTask,
  type Task,
} from "bifocal";
import { z } from "zod";
import type { Limits } from "./limits.js";

/** What `POST /v1/run` is asked, once checked. */
export interface RunRequest {
  readonly task: Task;
  readonly texts: readonly string[];
  readonly model?: string;
  readonly options: GenerateOptions;
}

const fields = {
  task: z.string().max(100),
  text: z.string().optional(),
  texts: z.array(z.string()).min(1).optional(),
  model: z.string().max(200).optional(),
  // Not z.record, which drops the key __proto__ without a word.
  options: z.custom<object>(isPlainObject, "expected an object").default({}),
};

const bodySchema = z.strictObject(fields);

function isPlainObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Body = z.infer<typeof bodySchema>;

/**
 * A request's body, checked field by field.
 * @throws {BifocalError} `invalid-input`, `unknown-task`, `unknown-option` or `too-large`.
 */
export function parseRunRequest(body: unknown, limits: Limits): RunRequest {
  const { task: name, model, options, ...given } = parseBody(body);
  const task = parseTask(name);
  return {
    task,
    texts: checkTexts(given, limits),
    ...(model !== undefined && { model }),
    options: parseOptions(task, options),
  };
}

function parseBody(body: unknown): Body {
  if (body === undefined) {
    throw new BifocalError(
      "invalid-input",
      "The body is missing. Send JSON, with the header Content-Type: application/json.",
    );
  }
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BifocalError("invalid-input", describeIssue(parsed.error.issues[0]));
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") {
    const name = (issue.keys[0] ?? "").slice(0, 40);
    return `The body has no field "${name}". ${didYouMean(name, Object.keys(fields))}`;
  }
  const where = issue === undefined || issue.path.length === 0 ? "The body" : `"${issue.path.join(".")}" in the body`;
  return `${where} is not as expected: ${issue?.message ?? "see GET /v1/models"}.`;
}

function checkTexts({ text, texts }: Pick<Body, "text" | "texts">, limits: Limits): readonly string[] {
  const given = texts ?? (text === undefined ? [] : [text]);
  if (given.length === 0 || (text !== undefined && texts !== undefined)) {
    throw new BifocalError("invalid-input", 'Give either "text", a string, or "texts", a list of strings.');
  }
  if (given.length > limits.texts) {
    throw new BifocalError(
      "too-large",
      `A request takes at most ${limits.texts} texts, not ${given.length}; send several.`,
    );
  }
  const longest = Math.max(...given.map(({ length }) => length));
  if (longest <= limits.textLength) return given;
  throw new BifocalError(
    "too-large",
    `A text may have ${limits.textLength} characters, not ${longest}; cut it in pieces.`,
  );
}

/** Up to a day. */
const deadlineRule = { type: "integer", min: 1, max: 86_400_000, about: "milliseconds from now" } as const;

function parseOptions(task: Task, options: Body["options"]): GenerateOptions {
  if (Object.hasOwn(options, "signal")) {
    throw new BifocalError("unknown-option", "A signal cannot be sent; end a call by closing the connection.");
  }
  if (Object.hasOwn(options, "deadline")) {
    throw new BifocalError("unknown-option", "A date is another on another clock: send deadlineMs, from now on.");
  }
  const { deadlineMs, ...own } = options as { readonly deadlineMs?: unknown };
  const checked = checkOptions<GenerateOptions>(task, own);
  if (deadlineMs === undefined) return checked;
  checkOption("deadlineMs", deadlineRule, deadlineMs);
  return { ...checked, deadline: new Date(Date.now() + Number(deadlineMs)) };
}
