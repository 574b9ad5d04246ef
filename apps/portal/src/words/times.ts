/** `45 s`, `3 min 20 s`, `2 h 05 min`. */
export const durationText = (ms: number): string => {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return ms < 10_000 ? `${Number((ms / 1_000).toFixed(1))} s` : `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

const isTime = (time: number | string): boolean => !Number.isNaN(new Date(time).getTime());

/** Time of day on this machine; empty for what is no time. */
export const clockText = (time: number | string, locale: string): string =>
  isTime(time) ? new Date(time).toLocaleTimeString(locale, { hour12: false }) : '';

export const dayAndTime = (time: number | string, locale: string): string =>
  isTime(time) ? new Date(time).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' }) : '';
