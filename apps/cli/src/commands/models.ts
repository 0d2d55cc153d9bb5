import { listModels, type ModelListing } from "bifocal";
import type { Command } from "commander";
import { cardOf } from "../open-named.js";
import { cardLines } from "../present/card.js";
import { table } from "../present/table.js";
import { print, type Session } from "../session.js";
import { type DefineCommand, examples } from "./command.js";

/** `bifocal models list` and `bifocal models info ID`. */
export const defineModels: DefineCommand = (program, session) => {
  const models = program.command("models").description("the models that are at hand");
  defineList(models, session);
  defineInfo(models, session);
};

function defineList(models: Command, session: Session): void {
  models
    .command("list")
    .description("every model that needs no network; * marks the default of its task")
    .option("--json", "a JSON object a line")
    .addHelpText("after", examples("bifocal models list", "bifocal models list --json | jq .card.id"))
    .action(async ({ json }: { json?: boolean }) => {
      const listings = listModels();
      const lines = json ? listings.map((listing) => JSON.stringify(listing)) : table([header, ...listings.map(rowOf)]);
      if (lines.length > 0) await print(session, `${lines.join("\n")}\n`);
    });
}

function defineInfo(models: Command, session: Session): void {
  models
    .command("info")
    .argument("<id>", "a name that `models list` gives, or the path of a model file")
    .description("what a model is, learned from, and cannot do")
    .option("--json", "the card as one JSON object")
    .addHelpText("after", examples("bifocal models info NAME", "bifocal models info ./my.bifocal --json"))
    .action(async (id: string, { json }: { json?: boolean }) => {
      const card = await cardOf(id);
      await print(session, json ? `${JSON.stringify(card)}\n` : `${cardLines(card).join("\n")}\n`);
    });
}

const header = ["", "id", "task", "paradigm", "family", "languages", "licence"];

function rowOf({ card, default: isDefault }: ModelListing): string[] {
  const { id, task, paradigm, family, languages, licence } = card;
  return [isDefault ? "*" : "", id, task, paradigm, family, languages.join(" "), licence];
}
