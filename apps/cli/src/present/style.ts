import { styleText } from "node:util";
import type { Output } from "../session.js";

type Paint = (text: string) => string;

/** How parts of an answer stand out. */
export interface Style {
  readonly heading: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly bar: Paint;
  readonly entity: Paint;
  readonly against: Paint;
  readonly problem: Paint;
}

const paints = {
  heading: ["bold", "underline"],
  strong: ["bold"],
  faint: ["dim"],
  bar: ["cyan"],
  entity: ["green"],
  against: ["red"],
  problem: ["yellow"],
} as const satisfies Record<keyof Style, readonly Parameters<typeof styleText>[0][]>;

function painted(text: string, format: Parameters<typeof styleText>[0]): string {
  return styleText(format, text, { validateStream: false });
}

/** Colours on a terminal, unless NO_COLOR is set; plain text anywhere else. */
export function styleFor({ isTTY }: Output, environment: NodeJS.ProcessEnv = process.env): Style {
  const inColour = isTTY === true && !environment.NO_COLOR;
  const paint = (name: keyof Style): Paint => {
    if (!inColour) return (text) => text;
    return (text) => (text === "" ? "" : paints[name].reduce(painted, text));
  };
  return {
    heading: paint("heading"),
    strong: paint("strong"),
    faint: paint("faint"),
    bar: paint("bar"),
    entity: paint("entity"),
    against: paint("against"),
    problem: paint("problem"),
  };
}
