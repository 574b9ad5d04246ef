import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words/language.js';

interface DialogProps {
  readonly title: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export const Dialog = ({ title, className = '', children, onClose }: DialogProps) => {
  const element = useRef<HTMLDialogElement>(null);
  const words = useWords();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={className}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) onClose();
      }}
      onClick={(event) => event.target === element.current && onClose()}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id="dialog-title">{title}</h2>
          <button type="button" className="icon" aria-label={words.close} title={words.close} onClick={onClose}>
            ×
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
};
