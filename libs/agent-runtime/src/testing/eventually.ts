/** Waits until the condition holds; after `ms` fails with what was waited for. */
export const eventually = async (what: string, holds: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> => {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await new Promise<void>((resolve) => setTimeout(resolve, 2));
  }
};
