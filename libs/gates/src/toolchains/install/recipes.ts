import type { InstallableName } from '../pinned-set.js';
import type { Recipe } from './recipe.js';
import { browserRecipe } from './browser.recipe.js';
import { goRecipe } from './go.recipe.js';
import { natsRecipe } from './nats.recipe.js';
import { postgresRecipe } from './postgres.recipe.js';
import { pythonRecipe } from './python.recipe.js';
import { webRecipe } from './web.recipe.js';

export const RECIPES: Readonly<Record<InstallableName, Recipe>> = {
  web: webRecipe,
  python: pythonRecipe,
  go: goRecipe,
  postgres: postgresRecipe,
  browser: browserRecipe,
  nats: natsRecipe,
};
