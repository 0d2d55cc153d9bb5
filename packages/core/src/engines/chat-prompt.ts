import { BifocalError, type ChatMessage, messageOf } from "@bifocal/contracts";
import type { Loaded } from "./loaded.js";
import type { Answer } from "./protocol.js";

/** Tells conversations as the model was trained to read them, up to where its answer begins. */
export function chatPrompts(loaded: Loaded): Answer<"chat"> {
  return async (messages) => chatPrompt(loaded, messages);
}

/** @throws {BifocalError} `unsupported` where there is no template, `invalid-input` where it refuses the messages. */
export function chatPrompt({ tokenizer }: Loaded, messages: readonly ChatMessage[]): string {
  if (!tokenizer.chat_template)
    throw new BifocalError(
      "unsupported",
      "The model has no chat template: it was not trained on conversations. Give it a text to go on from.",
    );
  try {
    const told = tokenizer.apply_chat_template([...messages], { tokenize: false, add_generation_prompt: true });
    return String(told);
  } catch (cause) {
    throw new BifocalError("invalid-input", `The model's chat template refuses the messages: ${messageOf(cause)}`, {
      cause,
    });
  }
}
