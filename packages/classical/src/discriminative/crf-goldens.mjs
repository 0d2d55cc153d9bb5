// Makes crf-goldens.json: the least losses that CRFsuite 0.12 finds (the package `crfsuite` 1.0.1 of the npm registry).
//   npm install --prefix FOLDER crfsuite@1.0.1 && node crf-goldens.mjs FOLDER
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const { Trainer } = createRequire(resolve(process.argv[2], "package.json"))("crfsuite");

let state = 7;
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};

const sentences = Array.from({ length: 60 }, () =>
  Array.from({ length: 1 + below(7) }, () => {
    const tag = below(4);
    const features = [...new Set([`w${(tag * 3 + below(5)) % 12}`, `s${below(6)}`, below(3) === 0 ? `t${tag}` : "t"])];
    return { tag: `T${tag}`, features };
  }),
);

const [, , folder, c2] = process.argv;
if (c2 === undefined) {
  const losses = [1, 0.1, 0.01].map((each) => ({ c2: each, loss: lossAt(each) }));
  writeFileSync(new URL("crf-goldens.json", import.meta.url), `${JSON.stringify({ sentences, losses })}\n`);
} else train(Number(c2));

/** CRFsuite prints its losses itself, so it is read from another process. */
function lossAt(each) {
  const printed = execFileSync(process.execPath, [process.argv[1], folder, `${each}`], { encoding: "utf8" });
  return Number(
    printed
      .match(/^Loss: [\d.]+/gm)
      .at(-1)
      .slice(6),
  );
}

function train(penalty) {
  const trainer = new Trainer({ debug: true });
  for (const sentence of sentences)
    trainer.append(
      sentence.map(({ features }) => features),
      sentence.map(({ tag }) => tag),
    );
  trainer.set_params({ c2: `${penalty}`, max_iterations: "10000", epsilon: "1e-9", delta: "1e-13" });
  trainer.train(join(tmpdir(), "golden.crfsuite"));
}
