import type { KitFile } from './kit-file.js';
import { apiHttpContext } from './api/http-context.kit.js';
import { apiHttpTest } from './api/http-test.kit.js';
import { apiHttp } from './api/http.kit.js';
import { apiProblem } from './api/problem.kit.js';
import { appAppTest } from './app/app-test.kit.js';
import { appApp } from './app/app.kit.js';
import { appConfigTest } from './app/config-test.kit.js';
import { appConfig } from './app/config.kit.js';
import { appErrorBoundary } from './app/error-boundary.kit.js';
import { appFeature } from './app/feature.kit.js';
import { appHomePage } from './app/home-page.kit.js';
import { appPages } from './app/pages.kit.js';
import { appPreferences } from './app/preferences.kit.js';
import { appRouter } from './app/router.kit.js';
import { appShell } from './app/shell.kit.js';
import { appStart } from './app/start.kit.js';
import { formsConvert } from './forms/convert.kit.js';
import { formsRulesTest } from './forms/rules-test.kit.js';
import { formsRules } from './forms/rules.kit.js';
import { formsUseForm } from './forms/use-form.kit.js';
import { i18nEn } from './i18n/en.kit.js';
import { i18nFormat } from './i18n/format.kit.js';
import { i18nI18nProvider } from './i18n/i18n-provider.kit.js';
import { i18nI18n } from './i18n/i18n.kit.js';
import { i18nPt } from './i18n/pt.kit.js';
import { projectStorybookMain } from './project/.storybook/main.kit.js';
import { projectStorybookPreview } from './project/.storybook/preview.kit.js';
import { projectEslintConfig } from './project/eslint-config.kit.js';
import { projectGitignore } from './project/gitignore.kit.js';
import { projectJestConfig } from './project/jest-config.kit.js';
import { projectPrettierrc } from './project/prettierrc.kit.js';
import { projectPublicConfig } from './project/public/config.kit.js';
import { projectTsconfigStories } from './project/tsconfig-stories.kit.js';
import { projectTsconfig } from './project/tsconfig.kit.js';
import { projectViteConfig } from './project/vite-config.kit.js';
import { rootMain } from './root/main.kit.js';
import { rootStyles } from './root/styles.kit.js';
import { rootViteEnvD } from './root/vite-env-d.kit.js';
import { stylesBase } from './styles/base.kit.js';
import { stylesForms } from './styles/forms.kit.js';
import { stylesNarrow } from './styles/narrow.kit.js';
import { stylesPages } from './styles/pages.kit.js';
import { stylesRecords } from './styles/records.kit.js';
import { stylesShell } from './styles/shell.kit.js';
import { testingFakeServer } from './testing/fake-server.kit.js';
import { testingPage } from './testing/page.kit.js';
import { testingRenderApp } from './testing/render-app.kit.js';
import { testingSetup } from './testing/setup.kit.js';
import { testingStoryApp } from './testing/story-app.kit.js';
import { uiBehaviourTest } from './ui/behaviour-test.kit.js';
import { uiConfirmDialog } from './ui/confirm-dialog.kit.js';
import { uiDataTable } from './ui/data-table.kit.js';
import { uiFields } from './ui/fields.kit.js';
import { uiFlash } from './ui/flash.kit.js';
import { uiFormView } from './ui/form-view.kit.js';
import { uiListView } from './ui/list-view.kit.js';
import { uiMarkupTest } from './ui/markup-test.kit.js';
import { uiPage } from './ui/page.kit.js';
import { uiPager } from './ui/pager.kit.js';
import { uiProblemNotice } from './ui/problem-notice.kit.js';
import { uiProblemText } from './ui/problem-text.kit.js';
import { uiQuery } from './ui/query.kit.js';
import { uiRecordView } from './ui/record-view.kit.js';
import { uiRelation } from './ui/relation.kit.js';
import { uiRemoteView } from './ui/remote-view.kit.js';
import { uiUseRemote } from './ui/use-remote.kit.js';

export const KIT: readonly KitFile[] = [
  apiHttpContext,
  apiHttpTest,
  apiHttp,
  apiProblem,
  appAppTest,
  appApp,
  appConfigTest,
  appConfig,
  appErrorBoundary,
  appFeature,
  appHomePage,
  appPages,
  appPreferences,
  appRouter,
  appShell,
  appStart,
  formsConvert,
  formsRulesTest,
  formsRules,
  formsUseForm,
  i18nEn,
  i18nFormat,
  i18nI18nProvider,
  i18nI18n,
  i18nPt,
  projectStorybookMain,
  projectStorybookPreview,
  projectEslintConfig,
  projectGitignore,
  projectJestConfig,
  projectPrettierrc,
  projectPublicConfig,
  projectTsconfigStories,
  projectTsconfig,
  projectViteConfig,
  rootMain,
  rootStyles,
  rootViteEnvD,
  stylesBase,
  stylesForms,
  stylesNarrow,
  stylesPages,
  stylesRecords,
  stylesShell,
  testingFakeServer,
  testingPage,
  testingRenderApp,
  testingSetup,
  testingStoryApp,
  uiBehaviourTest,
  uiConfirmDialog,
  uiDataTable,
  uiFields,
  uiFlash,
  uiFormView,
  uiListView,
  uiMarkupTest,
  uiPage,
  uiPager,
  uiProblemNotice,
  uiProblemText,
  uiQuery,
  uiRecordView,
  uiRelation,
  uiRemoteView,
  uiUseRemote,
];
