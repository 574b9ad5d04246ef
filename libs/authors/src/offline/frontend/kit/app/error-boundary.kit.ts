import type { KitFile } from '../kit-file.js';

export const appErrorBoundary: KitFile = {
  path: 'src/app/error-boundary.tsx',
  text: `import { Component, type ErrorInfo, type ReactNode } from 'react';
import { I18nContext } from '../i18n/i18n';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** Told once for each error, for whoever collects them. */
  readonly onError?: (error: Error, info: ErrorInfo) => void;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
}

/** Keeps a defect in one page from taking the whole application down, and offers a way on. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  static override contextType = I18nContext;
  declare context: React.ContextType<typeof I18nContext>;
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: Error): ErrorBoundaryState {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onError?.(error, info);
  }

  override render(): ReactNode {
    const { t } = this.context;
    if (this.state.error === undefined) return this.props.children;
    return (
      <section role="alert" className="notice notice-error">
        <h1>{t.crash.title}</h1>
        <p>{t.crash.text}</p>
        <button
          type="button"
          className="button"
          onClick={() => {
            this.setState({ error: undefined });
          }}
        >
          {t.retry}
        </button>
      </section>
    );
  }
}
`,
};
