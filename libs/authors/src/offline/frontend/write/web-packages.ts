/** What the generated application runs on and is built with: the versions of the `web` toolchain, so that what is tested is what is shipped. */
export const RUN_PACKAGES: Readonly<Record<string, string>> = {
  react: '19.3.1',
  'react-dom': '19.3.1',
};

export const BUILD_PACKAGES: Readonly<Record<string, string>> = {
  '@jest/globals': '30.5.2',
  '@storybook/react': '10.6.7',
  '@storybook/react-vite': '10.6.7',
  '@swc/core': '1.16.18',
  '@swc/jest': '0.2.39',
  '@testing-library/dom': '10.4.2',
  '@testing-library/jest-dom': '6.10.0',
  '@testing-library/react': '16.3.3',
  '@types/node': '20.19.43',
  '@types/react': '19.3.0',
  '@types/react-dom': '19.3.0',
  '@vitejs/plugin-react': '6.3.0',
  'axe-core': '4.12.1',
  eslint: '10.15.0',
  'eslint-plugin-jsx-a11y': '6.10.2',
  'eslint-plugin-react-hooks': '7.1.1',
  jest: '30.5.2',
  'jest-environment-jsdom': '30.5.2',
  storybook: '10.6.7',
  typescript: '6.0.3',
  'typescript-eslint': '8.73.0',
  vite: '8.3.8',
};
