/** `0.4 s`, `12 s`, `3 m 05 s`, `2 h 07 m`. */
export const duration = (ms: number): string => {
  if (ms < 9_950) return `${(Math.max(ms, 0) / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${pad(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`;
};

const pad = (n: number): string => String(n).padStart(2, '0');
