import type { Task } from "bifocal";
import type { Choice } from "./choice.js";

/** A text to try. Without `variant`, for all of the task's. */
export interface Example {
  readonly title: string;
  readonly text: string;
  readonly variant?: string;
}

const article = `The lighthouse at Point Arden was lit for the first time in 1872. For ninety years a keeper climbed its 214 steps every evening to trim the lamp. The light could be seen from twenty miles away, and fishermen along the coast set their course by it. In 1962 an electric lamp replaced the oil lamp, and the last keeper moved to the village. The tower then stood empty, and storms broke most of its windows. Last spring a group of neighbours bought the lighthouse from the county for one dollar. They plan to repair the lamp, open the tower to visitors, and use the money from tickets to keep the light burning. The first visitors are expected in June.`;

const examples: Readonly<Record<Task, readonly Example[]>> = {
  "text-classification": [
    {
      title: "A launch",
      variant: "topic",
      text: "The shuttle reached orbit this morning, and NASA says that the probe will be released tomorrow.",
    },
    {
      title: "A goalkeeper",
      variant: "topic",
      text: "The goalie stopped forty shots, and the team won the series in overtime on home ice.",
    },
    {
      title: "A graphics card",
      variant: "topic",
      text: "My new video card shows the wrong colors under Windows. Does anybody have a driver for it?",
    },
    { title: "Good value", variant: "review", text: "Great phone for the price, and the battery lasts all day." },
    {
      title: "A refund",
      variant: "review",
      text: "It broke after two days and nobody answers. Do not waste your money.",
    },
    { title: "Mixed", variant: "review", text: "The food was wonderful, but we waited an hour for a cold coffee." },
    {
      title: "A prize",
      variant: "spam",
      text: "URGENT! You have won a 1000 pound prize. To claim, call 09061701461 now. Offer ends today!",
    },
    {
      title: "A friend",
      variant: "spam",
      text: "Running ten minutes late, order me a coffee? See you at the station.",
    },
    { title: "A bank?", variant: "spam", text: "Your account needs your attention. Reply YES to receive a call." },
    { title: "A lost card", variant: "intent", text: "I lost my card on the bus this morning, can you block it?" },
    { title: "A fee", variant: "intent", text: "Why was I charged for taking out cash abroad?" },
    { title: "A refund", variant: "intent", text: "The shop says they paid me back, but I cannot see the money." },
  ],
  "sentiment-analysis": [
    { title: "Warm", text: "A warm, funny and wonderful film, with not one dull minute." },
    { title: "Cold", text: "It is long, loud and empty, and the ending makes no sense." },
    { title: "Plain", text: "The film follows two brothers who leave their village for the city." },
    { title: "Negated", text: "Not bad at all: I never expected to like it so much." },
  ],
  ner: [
    { title: "A meeting", text: "Ada Lovelace met Charles Babbage in London on 5 June 1833." },
    {
      title: "A deal",
      text: "Nestlé will buy the Turin company for $2.3 million, said Maria Rossi in Geneva on Monday.",
    },
    { title: "A post", text: "watching the arsenal match in dublin with @sean, kick off at 8:30 pm!!" },
  ],
  summarization: [{ title: "A lighthouse", text: article }],
  translation: [{ title: "A greeting", text: "Good morning! Where is the nearest railway station, please?" }],
  "text-generation": [
    { title: "A prince", variant: "prose", text: "Prince Andrew looked at the sky and" },
    { title: "A ballroom", variant: "prose", text: "When the countess entered the room," },
    { title: "A king", variant: "verse", text: "KING RICHARD:\nWhat is the news," },
    { title: "A function", variant: "typescript", text: "export function " },
  ],
};

/** The texts to try for a choice. */
export function examplesOf({ task, variant }: Choice): Example[] {
  return examples[task].filter((example) => example.variant === undefined || example.variant === variant);
}
