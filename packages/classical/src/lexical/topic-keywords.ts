import type { Classifier, ModelCard } from "@bifocal/contracts";
import { leads, ruleClassifier } from "./rule-classifier.js";
import { wordsOf } from "./words.js";

const card: ModelCard = {
  id: "topic-keywords-en",
  task: "text-classification",
  paradigm: "rule-based",
  family: "keywords of each topic, counted",
  languages: ["en"],
  licence: "MIT",
  source: "the topics' own names and words that come to mind, by no data",
  trainedOn: [],
};

/** The words of each topic's name, and others that come to mind with it. A word may stand with several topics. */
const keywords: Readonly<Record<string, string>> = {
  atheism: "atheism atheist atheists atheistic god belief believe evidence morality moral religious existence",
  "computer graphics":
    "graphics graphic image images 3d polygon polygons rendering animation jpeg gif tiff bitmap pixel pixels texture vga",
  Windows: "windows microsoft dos win3 ini driver drivers file files desktop program manager font fonts",
  "PC hardware":
    "pc hardware ibm motherboard bios ide scsi isa eisa controller drive drives disk floppy card 486 386 cpu ram bus port monitor",
  "Mac hardware": "mac macs macintosh apple powerbook quadra centris lc iisi simm simms nubus hardware adb duo monitor",
  "X Window System":
    "x x11 xterm x11r5 window windows motif widget widgets server client xlib openwin display unix sun",
  "for sale": "sale sell selling sold offer offers price prices shipping obo asking condition buy brand new mail",
  cars: "car cars auto autos automobile engine dealer ford honda toyota bmw mustang sedan tires brakes oil mileage driving",
  motorcycles:
    "motorcycle motorcycles bike bikes biker rider riders ride riding dod helmet harley yamaha kawasaki suzuki",
  baseball:
    "baseball pitcher pitchers pitching hitter hitters batting inning innings mets yankees braves cubs sox dodgers league bat runs rbi",
  hockey:
    "hockey nhl goalie goal goals playoff playoffs stanley cup ice puck penguins rangers leafs bruins flyers wings",
  cryptography:
    "cryptography crypto encryption encrypt encrypted decrypt cipher key keys clipper nsa pgp rsa des escrow privacy secure algorithm",
  electronics:
    "electronics electronic circuit circuits voltage volt volts resistor capacitor transistor amp amplifier diode chip signal wire wiring radio",
  medicine:
    "medicine medical doctor doctors disease diseases patient patients treatment symptoms drug drugs cancer diet health physician infection pain",
  space:
    "space nasa orbit orbital shuttle launch moon lunar mars satellite satellites spacecraft rocket astronaut earth solar",
  Christianity:
    "christianity christian christians christ jesus church bible god lord faith sin scripture catholic gospel holy prayer heaven",
  "gun politics":
    "gun guns weapon weapons firearm firearms handgun rifle pistol nra batf fbi waco militia amendment ammunition",
  "Middle East politics":
    "middle east israel israeli israelis arab arabs palestinian palestinians jews jewish turkish turks turkey armenian armenians muslim",
  politics:
    "politics political government president clinton congress senate tax taxes law rights liberal conservative republican democrat vote policy",
  religion:
    "religion religious god jesus christian bible belief morality objective spirit prophet truth cult church koresh",
};

const labels = Object.keys(keywords);
const words = Object.values(keywords).map((list) => list.split(" "));

/**
 * The topic of an English text, of twenty, by a dozen or two keywords a topic: the one of whose keywords most stand in
 * the text, each counted once. The margin is how many more of them than of the best other topic. Where topics have
 * equally many, as where none has any, the first of them in `labels` is answered, with the margin 0.
 * @example await topicKeywords().classify(["NASA plans a launch to the moon."]) // space
 */
export function topicKeywords(): Classifier {
  return ruleClassifier(card, labels, (text) => {
    const read = wordsOf(text);
    const known = new Set(read);
    const counts = words.map((list) => list.filter((word) => known.has(word)).length);
    return { margins: leads(counts), tokens: read.length };
  });
}
