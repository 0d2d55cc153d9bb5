import type { Recipe } from "../recipe.js";
import { classificationRecipes } from "./classification.js";
import { encoderRecipes } from "./encoder.js";
import { entitiesRecipes } from "./entities.js";
import { filmSentimentRecipe } from "./film-sentiment.js";
import { summarizationRecipes } from "./summarization.js";
import { textGenerationRecipes } from "./text-generation.js";
import { translationRecipes } from "./translation.js";
import { writingRecipes } from "./writing.js";

/** The recipe of every shipped model. */
export const recipes: readonly Recipe[] = [
  ...classificationRecipes,
  filmSentimentRecipe,
  ...entitiesRecipes,
  ...summarizationRecipes,
  ...textGenerationRecipes,
  ...translationRecipes,
  ...encoderRecipes,
  ...writingRecipes,
];
