/** How a script inside says something whole: a pipe takes less than a long line at a time, or nothing at all for a moment. */
export const SAY = `const say = (mark, answer) => {
  let rest = Buffer.from(\`\\n\${mark}\${JSON.stringify(answer)}\\n\`);
  while (rest.length > 0) rest = rest.subarray(wrote(rest));
};

const wrote = (bytes) => {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    if (error.code === 'EAGAIN') return 0;
    throw error;
  }
};`;
