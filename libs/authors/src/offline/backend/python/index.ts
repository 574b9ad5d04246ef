export { createPythonWriter } from './create-python-writer.js';
