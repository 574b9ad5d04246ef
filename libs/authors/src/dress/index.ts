export { authorVariables } from './author-variables.js';
export { claudeDress, type ClaudeDress, type Dress } from './claude-dress.js';
export { serviceAuthor, type AuthorConfig, type ServiceAuthor } from './service-author.js';
